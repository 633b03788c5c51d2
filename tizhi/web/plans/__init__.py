"""一校一策: plans: their course, text, versions, measures."""
