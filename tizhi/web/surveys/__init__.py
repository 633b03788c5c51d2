"""问卷: questionnaires: built, answered, summed up."""
