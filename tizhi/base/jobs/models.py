"""作业的登记: what the queue's own row does not hold."""

from datetime import timedelta

from django.db import models
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tizhi.base.kit import clock


class Run(models.Model):
    """One job asked for: who asked, who holds it until when, how often it was tried, how far it is."""

    task = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="run", verbose_name="任务")
    label = models.CharField("事项", max_length=80)
    person_id = models.BigIntegerField("发起人", null=True, db_index=True)
    worker = models.CharField("办理进程", max_length=64, blank=True)
    leased_until = models.DateTimeField("占用至", null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField("办理次数", default=0)
    done = models.PositiveIntegerField("已完成", default=0)
    of = models.PositiveIntegerField("共", default=0)
    message = models.CharField("进展", max_length=200, blank=True)

    class Meta:
        verbose_name = "作业"
        verbose_name_plural = "作业"

    def __str__(self) -> str:
        return self.label

    @property
    def state(self) -> str:
        """Where it stands, in the words a person reads."""
        if self.task.status == TaskResultStatus.READY:
            return "等待重试" if self.attempts else "等待办理"
        return {"RUNNING": "正在办理", "SUCCESSFUL": "已完成", "FAILED": "未成功"}[self.task.status]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.task.status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)

    @property
    def percent(self) -> int:
        """How far it is, 0–100."""
        if self.task.status == TaskResultStatus.SUCCESSFUL:
            return 100
        return min(100, self.done * 100 // self.of) if self.of else 0

    def held(self) -> "models.QuerySet[Run]":
        """This row, if the worker it was given to still holds it: same worker, same attempt, not reaped."""
        return Run.objects.filter(pk=self.pk, worker=self.worker, attempts=self.attempts, leased_until__isnull=False)


class Tick(models.Model):
    """When a line of the timetable was last started; its row is the lock that lets one worker start it."""

    key = models.CharField("事项", max_length=200, primary_key=True)
    at = models.DateTimeField("上次开始")

    class Meta:
        verbose_name = "定时记录"
        verbose_name_plural = "定时记录"

    def __str__(self) -> str:
        return self.key


def failed_lately(days: int = 30) -> "models.QuerySet[Run]":
    """Jobs given up within the last `days`, newest first."""
    since = clock.now() - timedelta(days=days)
    failed = Run.objects.select_related("task").filter(task__status=TaskResultStatus.FAILED)
    return failed.filter(task__finished_at__gte=since).order_by("-task__finished_at")
