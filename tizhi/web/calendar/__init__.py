"""工作日历: the working days of a year, and the office's corrections."""
