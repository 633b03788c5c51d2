"""工作方案: what is declared – units, roles, pairs, posts, areas, bodies, rules – and its versions.

takes: a TOML declaration      makes: Cluster, Version, Unit, Member, UnitRole, Pair, Post, Area, Body, Seat
"""
