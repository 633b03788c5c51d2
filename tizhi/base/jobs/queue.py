"""排队: take a job, close it, give a dead worker's job back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import models, transaction
from django.db.models import F, Q
from django_tasks.base import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import get_date_max

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken

from .job import Job
from .lease import Lease, LeaseLost
from .models import Run

log = logging.getLogger("tizhi.jobs")


class Interrupted(Exception):
    """The worker died under the job."""


def take(worker: str) -> Run | None:
    """Lease the next ready job to `worker`; None if there is none. Two workers never get the same one."""
    anytime = Q(task__run_after=get_date_max()) | Q(task__run_after__lte=clock.now())
    ready = Run.objects.filter(anytime, task__status=TaskResultStatus.READY)
    if not ready.exists():  # an idle worker takes no lock
        return None
    with transaction.atomic():
        run = _locked(ready).order_by(F("task__priority").desc(), "task__run_after", "task__enqueued_at").first()
        if run is not None:
            run.worker, run.attempts = worker, run.attempts + 1
            run.leased_until = clock.now() + _lease_of(run)
            run.save(update_fields=["worker", "attempts", "leased_until"])
            run.task.claim(worker)
    return run


def perform(run: Run) -> None:
    """Run a job that `take` leased and close it: done, to be tried again, or given up."""
    with Lease(run, _lease_of(run)):
        value, fault = _attempt(run)
    with transaction.atomic():
        if isinstance(fault, LeaseLost) or not run.held().update(leased_until=None):
            log.warning("作业已交由其他进程办理，本次结果不计：%s", run.label)
        elif fault is None:
            run.task.set_successful(value)
            log.info("作业完成：%s", run.label)
        else:
            _settle(run, fault)


def reap() -> int:
    """Give the jobs of silent workers back to the queue, each once per expired lease; how many."""
    silent = Run.objects.filter(task__status=TaskResultStatus.RUNNING, leased_until__lt=clock.now())
    if not silent.exists():
        return 0
    with transaction.atomic():
        dead = list(_locked(silent))
        for run in dead:
            Run.objects.filter(pk=run.pk).update(leased_until=None)
            _settle(run, Interrupted(f"办理进程{run.worker}中断"))
    return len(dead)


def work_off(worker: str = "here") -> int:
    """Run every job that is ready, in this process; how many. For the sample year and for tests."""
    count = 0
    while run := take(worker):
        perform(run)
        count += 1
    return count


def _locked(runs: models.QuerySet[Run]) -> models.QuerySet[Run]:
    return runs.select_related("task").select_for_update(skip_locked=True, of=("self", "task"))


def _attempt(run: Run) -> tuple[Any, Exception | None]:
    try:
        do: Callable[..., Any] = run.task.task.call
        return normalize_json(do(*run.task.args_kwargs["args"])), None
    except Exception as fault:  # the one place that outlives whatever a job does
        if not isinstance(fault, RuleBroken | LeaseLost):
            log.exception("作业出错：%s（第%d次）", run.label, run.attempts)
        return None, fault


def _settle(run: Run, fault: Exception) -> None:
    """After a failed attempt: back into the queue, or given up where trying again is of no use."""
    job = _job_of(run)
    if isinstance(fault, RuleBroken) or job is None or run.attempts > job.retries:
        run.task.set_failed(fault)
        run.message = fault.message if isinstance(fault, RuleBroken) else "多次办理未成功，请联系系统管理员。"
        log.error("作业放弃：%s（%s）", run.label, fault)
    else:
        pause = timedelta() if isinstance(fault, Interrupted) else job.pause(run.attempts)
        run.task.status, run.task.run_after = TaskResultStatus.READY, clock.now() + pause
        run.task.save(update_fields=["status", "run_after"])
        run.message = f"第{run.attempts}次未成功，将自动重试。"
        log.warning("作业稍后重试：%s（%s）", run.label, fault)
    run.save(update_fields=["message"])


def _job_of(run: Run) -> Job | None:
    """The declaration; None when this release no longer has it."""
    try:
        found = run.task.task
    except (ImportError, SuspiciousOperation):
        return None
    return found if isinstance(found, Job) else None


def _lease_of(run: Run) -> timedelta:
    job = _job_of(run)
    return job.lease if job else Job.lease
