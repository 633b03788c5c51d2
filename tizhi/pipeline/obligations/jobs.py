"""台账的定时事项: every morning, what the scheme's days ask to be reminded of [I3]."""

from tizhi.base.jobs.job import job, progress
from tizhi.base.kit.memory import remembered
from tizhi.base.notices.telling import tell
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import clusters

from .queries import of_now
from .reminders import due_now


@job("履约提醒")
def remind() -> None:
    """Tell whom it concerns what is due. Running it twice tells nobody twice."""
    all_of_them = list(clusters())
    for done, cluster in enumerate(all_of_them):
        remind_in(cluster)
        progress(done + 1, len(all_of_them))


def remind_in(cluster: Cluster) -> int:
    """The same for one cluster; how many notices are new."""
    with remembered():
        given = due_now(of_now(cluster))
    return len(tell((one.message(cluster), one.recipient) for one in given))
