"""问诊: a school's problem as a case – experts, session, advice, adopted or not, effect after 3 and 6 months [H2].

takes: scheme, directory, experts, studies, needs, activities      makes: Consultation, Consultant, Effect
"""
