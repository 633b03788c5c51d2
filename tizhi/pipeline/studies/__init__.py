"""调研: field studies – round, mode, school, team with posts, methods, days – and their findings by area [H1, 四(五)].

takes: scheme, directory      makes: Study, StudyMember, Finding
"""
