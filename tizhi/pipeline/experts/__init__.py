"""专家: nominated by the department the scheme names, confirmed, appointed with letter and term; load, absence [B1].

takes: scheme, directory      makes: Nomination, ExpertProfile, Absence
"""
