"""清理作业: what is long done is forgotten; what failed is kept half a year."""

from datetime import timedelta

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tizhi.base.kit import clock

from .job import job


@job("清理已完成的作业")
def prune() -> int:
    """Delete the rows of jobs done 30 days ago or given up 180 days ago; how many."""
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=clock.now() - timedelta(days=30))
    failed = Q(status=TaskResultStatus.FAILED, finished_at__lt=clock.now() - timedelta(days=180))
    old = DBTaskResult.objects.filter(done | failed)
    count = old.count()
    old.delete()
    return count
