"""报告的定时事项: every quarter opens by itself [F1]."""

from tizhi.base.jobs.job import job
from tizhi.base.kit.actor import system
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import clusters

from .actions import open_report
from .models import Report
from .queries import unopened


@job("开启季度报告")
def open_quarters() -> None:
    """Every day: the reports that ought to be there and are not. Running it twice opens nothing twice."""
    for cluster in clusters():
        open_due(cluster)


def open_due(cluster: Cluster) -> list[Report]:
    """Open what the cluster's scheme asks for by today, as the platform itself."""
    return [open_report(system(), cluster, period=period) for period in unopened(cluster)]
