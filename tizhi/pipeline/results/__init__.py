"""成效: the chain need → finding → measure, walkable both ways, and where it is broken off [C4]; stores nothing.

takes: studies, needs, plans, consultations
"""
