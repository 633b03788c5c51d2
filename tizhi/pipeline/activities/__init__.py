"""工作动态: what happened – one table, many kinds.

takes: calendar, scheme, directory      makes: Activity
"""
