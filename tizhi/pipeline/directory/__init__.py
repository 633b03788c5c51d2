"""组织通讯: people and the posts they hold, from–to; builds the Actor that every right is tested on.

takes: scheme      makes: Person, Appointment, Actor
"""
