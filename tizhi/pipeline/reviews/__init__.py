"""专家审核: experts assigned without conflict, own opinion first, conclusion, reply to each point, second reading [C6].

takes: scheme, directory, experts, plans      makes: Review, Assignment, Opinion, Point, Reply
"""
