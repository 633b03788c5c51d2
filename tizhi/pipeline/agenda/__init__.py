"""计划安排: what is planned – entered once, promised to the school, done, moved or given up [E9].

takes: activities      makes: PlannedItem
"""
