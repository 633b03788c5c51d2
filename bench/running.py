"""安装与运行: one machine with nothing but Python [L9]."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from . import sample
from .figure import Figure

VISITED = ("/", "/activities/", "/cluster/", "/directory/", "/reports/", "/calendar/")


def memory() -> list[Figure]:
    """Memory of web and worker with the sample (proportional set size), after its pages were visited."""
    with sample.served() as (address, pid):
        browser = sample.signed_in(address, "office-director")
        for path in VISITED * 4:
            browser.open(address + path).read()
        return [Figure("memory of web and worker", round(sum(map(_pss, _tree(pid))) / 1024, 1), "MB", 300)]


def from_a_clean_clone() -> list[Figure]:
    """`make run` in a fresh clone until the sign-in page answers, and once more."""
    folder = Path(tempfile.mkdtemp(prefix="tizhi-clone-"))
    try:
        subprocess.run(["git", "clone", "--quiet", sample.ROOT, folder], check=True)
        first, second = _seconds_to_serve(folder), _seconds_to_serve(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [Figure("make run, clean clone", first, "s", 240), Figure("make run, again", second, "s", 20)]


def _seconds_to_serve(folder: Path) -> float:
    port = sample.free_port()
    started = time.monotonic()
    log, env = folder / "run.log", {**sample.environment(folder / "var"), "TIZHI_TRIAL": ""}
    with log.open("w") as told:
        command = ["make", "run", f"PORT={port}"]
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=told, stderr=told, start_new_session=True)
    try:
        sample.until_up(f"http://127.0.0.1:{port}", process, log)
        return round(time.monotonic() - started, 1)
    finally:
        with contextlib.suppress(ProcessLookupError):  # it ended by itself: until_up has said so
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _tree(pid: int) -> list[int]:
    """The process and all below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in below for one in _tree(int(child)))]


def _pss(pid: int) -> int:
    """Proportional set size in KB: shared pages count by share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
