"""履约台账: what the plan obliges whom to, and how it stands; computed from all of the stages before, stores nothing.

takes: every stage before it      makes: lines of the ledger, reminders
"""
