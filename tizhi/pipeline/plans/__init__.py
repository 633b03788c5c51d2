"""一校一策: a school's plans – sections written by several, the course the scheme says, frozen versions [C2–C5].

takes: scheme, directory, studies, needs      makes: Plan, Section, StepRecord, PlanVersion, Comment, PlanMeasure
"""
