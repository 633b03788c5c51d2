"""工作日历: which days are working days, announced or provisional.

takes: the announced calendar, the office's own corrections      makes: DayMark, deadlines in working days
"""
