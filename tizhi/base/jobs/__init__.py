"""作业: work that outlives a request – queued in the database, leased, retried, never lost with its worker.

The queue is django-tasks' database backend; what it lacks (lease, heartbeat, reaper, retries, timetable) stands here.
"""
