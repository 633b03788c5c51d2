"""A worker in a process of its own: `python -m tests.jobs.work`."""

from datetime import timedelta

import django

django.setup()

from tests.jobs import chores  # noqa: E402
from tizhi.base.jobs.timetable import Timed  # noqa: E402
from tizhi.base.jobs.worker import Worker  # noqa: E402

Worker([Timed(chores.on_the_timetable, every=timedelta(days=1))], pause=0.02).run()
