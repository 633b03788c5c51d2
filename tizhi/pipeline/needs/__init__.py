"""需求诊断: a school's strengths (高原) and gaps (洼地) by area, and its needs, each with what became of it [C1].

takes: scheme, directory, studies      makes: Trait, Need, NeedEvent
"""
