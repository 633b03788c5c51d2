"""计划安排的页面: the list, one item, the form, and everybody's own calendar."""
