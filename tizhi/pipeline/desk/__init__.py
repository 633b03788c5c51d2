"""工作台: what waits for whom, across all stages; stores nothing.

takes: every stage before it      makes: to-dos
"""
