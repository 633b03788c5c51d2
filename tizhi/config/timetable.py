"""定时事项: all periodic work of the platform, in one place. Times are those of the programme's zone."""

from datetime import time

from tizhi.base.jobs.prune import prune
from tizhi.base.jobs.timetable import Timed
from tizhi.pipeline.obligations.jobs import remind
from tizhi.pipeline.reports.jobs import open_quarters
from tizhi.pipeline.reviews.jobs import remind_experts
from tizhi.pipeline.scheme.jobs import start_due_versions
from tizhi.pipeline.surveys.jobs import forget_exports

TIMETABLE: tuple[Timed, ...] = (
    Timed(start_due_versions, at=time(0, 10)),
    Timed(open_quarters, at=time(0, 20)),
    Timed(remind, at=time(8, 0)),
    Timed(remind_experts, at=time(8, 5)),
    Timed(forget_exports, at=time(3, 20)),
    Timed(prune, at=time(3, 30)),
)
