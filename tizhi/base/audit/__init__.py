"""留痕: who did what, in which post, to what, from where; rows are only ever added."""
