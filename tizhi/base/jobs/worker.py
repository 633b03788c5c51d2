"""办理进程: one loop – start what the timetable asks, give back what died, do the next job."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils.crypto import get_random_string

from .queue import perform, reap, take
from .timetable import Timed, enqueue_due

log = logging.getLogger("tizhi.jobs")
HOUSEKEEPING_SECONDS = 5.0


class Worker:
    """Works until told to stop; several may run, on one machine or many."""

    def __init__(self, timetable: Sequence[Timed] = (), pause: float = 1.0) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(6)}"
        self.timetable = timetable
        self.pause = pause
        self._stop = threading.Event()
        self._kept_at = 0.0

    def stop(self, *signal_and_frame: object) -> None:
        """Finish the job in hand, then end."""
        self._stop.set()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        log.info("作业进程已启动（%s）", self.name)
        while not self._stop.is_set():
            if not self._round():
                self._stop.wait(self.pause)
        connections.close_all()
        log.info("作业进程已停止（%s）", self.name)

    def _round(self) -> bool:
        """One round; whether there was a job. A database that is away is waited for."""
        close_old_connections()
        try:
            self._keep_house()
            run = take(self.name)
            if run is not None:
                perform(run)
            return run is not None
        except (OperationalError, InterfaceError) as fault:
            log.warning("数据库暂时不可用，稍后重试：%s", fault)
            return False

    def _keep_house(self) -> None:
        if time.monotonic() - self._kept_at < HOUSEKEEPING_SECONDS and self._kept_at:
            return
        self._kept_at = time.monotonic()
        enqueue_due(self.timetable)
        reap()
