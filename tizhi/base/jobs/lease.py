"""占用: a worker holds a job by a lease it keeps renewing; whoever falls silent loses it."""

from __future__ import annotations

import contextvars
import logging
import threading
import time
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connections

from tizhi.base.kit import clock

from .job import running
from .models import Run

log = logging.getLogger("tizhi.jobs")
REPORT_SECONDS = 0.5


class LeaseLost(Exception):
    """The job was taken from this worker, which was silent too long; its result no longer counts."""


class Lease:
    """Holds `run` for its worker while the block runs: a thread renews it three times per length."""

    def __init__(self, run: Run, length: timedelta) -> None:
        self.run = run
        self.length = length
        self._over = threading.Event()
        self._reported = 0.0
        # The thread sees the same clock as the job.
        beat = contextvars.copy_context()
        self._thread = threading.Thread(target=beat.run, args=(self._beat,), name="heartbeat", daemon=True)

    def __enter__(self) -> Lease:
        self._token = running.set(self)
        self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._over.set()
        self._thread.join()
        running.reset(self._token)

    def renew(self, **changes: Any) -> None:
        """Extend the lease; LeaseLost if it is no longer ours."""
        if not self.run.held().update(leased_until=clock.now() + self.length, **changes):
            raise LeaseLost(self.run.label)

    def report(self, done: int, of: int, message: str) -> None:
        """Write the progress, at most twice a second except for the last step."""
        if done < of and time.monotonic() - self._reported < REPORT_SECONDS:
            return
        self._reported = time.monotonic()
        self.renew(done=done, of=of, message=message[:200])

    def _beat(self) -> None:
        try:
            while not self._over.wait(self.length.total_seconds() / 3):
                self._renew_or_log()
        except LeaseLost:
            log.warning("作业被收回：%s（本进程超时未响应）", self.run.label)
        finally:
            connections.close_all()

    def _renew_or_log(self) -> None:
        try:
            self.renew()
        except OperationalError as fault:
            # The database is busy with a long write, perhaps the job's own: the next beat tries again.
            log.warning("作业续期未成功：%s（%s）", self.run.label, fault)
