"""运行: web server and job worker as one tree of processes, forked from one that has loaded everything."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from tizhi.base.jobs.worker import Worker

from .timetable import TIMETABLE
from .wsgi import application

log = logging.getLogger("tizhi.server")
THREADS = 4
RESTART_SECONDS = 2.0
_PR_SET_PDEATHSIG = 1


class _Web(BaseApplication):
    """gunicorn around an application that is loaded already."""

    def __init__(self, listener: socket.socket) -> None:
        self.options: dict[str, Any] = {
            "bind": f"fd://{listener.fileno()}",
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "warning",
            "timeout": 120,
            "graceful_timeout": 20,
            "keepalive": 5,
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108 – gunicorn's heartbeat file
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return application


def serve(listener: socket.socket) -> int:
    """Run web and worker until a signal comes or the web server ends; the exit code."""
    get_resolver().url_patterns  # noqa: B018 – reading them imports the code of every page
    connections.close_all()
    # What is loaded now is shared by all processes as long as nobody moves it.
    gc.collect()
    gc.freeze()
    # The worker is made in its own process: its name tells it from the one before.
    return _Tree({"web": _Web(listener).run, "worker": lambda: Worker(TIMETABLE).run()}).run()


class _Tree:
    """Starts the parts, restarts a worker that dies, ends all when the web server ends or a signal comes."""

    def __init__(self, parts: dict[str, Callable[[], None]]) -> None:
        self.parts = parts
        self.running: dict[int, str] = {}
        self.is_ending = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        for name in self.parts:
            self._start(name)
        code = 0
        while self.running:
            pid, status = os.wait()
            name = self.running.pop(pid, "")
            if self.is_ending or not name:
                continue
            if name == "web":
                code = abs(os.waitstatus_to_exitcode(status)) or 1
                self._end(signal.SIGTERM)
            else:
                log.error("作业进程意外停止，%d秒后重新启动", RESTART_SECONDS)
                time.sleep(RESTART_SECONDS)
                self._start(name)
        return code

    def _start(self, name: str) -> None:
        if self.is_ending:
            return
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            _die_with(parent)
            self.parts[name]()
            sys.exit()
        self.running[pid] = name

    def _on_signal(self, number: int, frame: object) -> None:
        # Asked a second time, nobody waits for the job in hand; its lease will bring it back.
        self._end(signal.SIGKILL if self.is_ending else signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        self.is_ending = True
        for pid in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)


def _die_with(parent: int) -> None:
    """On Linux, let the end of the parent, however sudden, end this process: no server is left behind."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before we asked
        sys.exit(1)
