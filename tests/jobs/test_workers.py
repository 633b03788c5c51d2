"""Workers as processes of their own: killed, two at once, told to stop."""

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from tizhi.base.jobs.job import enqueue
from tizhi.base.jobs.models import Run

from . import chores

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_traces_of_others():
    for path in chores.FOLDER.glob("*") if chores.FOLDER.exists() else ():
        path.unlink()


@pytest.fixture
def start_worker():
    """Starts workers on the database of this test; whoever is left at the end is killed."""
    started = []

    def start():
        process = subprocess.Popen([sys.executable, "-m", "tests.jobs.work"], cwd=ROOT, env=_environment())
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def _environment():
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        signed = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        url = f"postgres://{signed}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TIZHI_DATABASE_URL": url}


def until(holds, seconds=60):
    """Wait for a fact of another process, never longer than it takes."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.02)


def is_done(run):
    return Run.objects.filter(pk=run.pk, task__status=TaskResultStatus.SUCCESSFUL).exists()


def test_the_job_of_a_killed_worker_is_done_once_later(start_worker):
    name = uuid.uuid4().hex
    run = enqueue(chores.hang_the_first_time, name)
    victim = start_worker()
    until(lambda: chores.trace(f"{name}.begun"))
    victim.kill()
    victim.wait()
    run.refresh_from_db()
    assert (run.state, chores.trace(name)) == ("正在办理", [])
    until(lambda: timezone.now() > run.leased_until)

    start_worker()
    until(lambda: is_done(run))
    assert len(chores.trace(name)) == 1
    assert len(chores.trace(f"{name}.begun")) == 1
    run.refresh_from_db()
    assert run.attempts == 2


def test_two_workers_do_forty_jobs_once_each_and_the_timetable_once(start_worker):
    workers = [start_worker(), start_worker()]
    until(lambda: chores.trace("timetable"))
    names = [f"{number}-{uuid.uuid4().hex}" for number in range(40)]
    runs = [enqueue(chores.note_down, name) for name in names]
    until(lambda: all(is_done(run) for run in runs))

    assert [len(chores.trace(name)) for name in names] == [1] * 40
    assert len(chores.trace("timetable")) == 1
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(30) for worker in workers] == [0, 0]


def test_a_worker_told_to_stop_finishes_the_job_in_hand(start_worker):
    name = uuid.uuid4().hex
    run = enqueue(chores.finish_when_told, name)
    worker = start_worker()
    until(lambda: chores.trace(f"{name}.begun"))
    worker.send_signal(signal.SIGTERM)
    (chores.FOLDER / f"{name}.go").write_text("go\n")
    assert worker.wait(30) == 0
    assert is_done(run) and len(chores.trace(name)) == 1
