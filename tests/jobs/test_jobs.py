"""Jobs: done once, tried again, given up visibly, started on time."""

import uuid
from datetime import datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tizhi.base.accounts.models import User
from tizhi.base.jobs import timetable
from tizhi.base.jobs.job import enqueue
from tizhi.base.jobs.lease import Lease, LeaseLost
from tizhi.base.jobs.models import Run, failed_lately
from tizhi.base.jobs.prune import prune
from tizhi.base.jobs.queue import perform, reap, take, work_off
from tizhi.base.jobs.timetable import Timed, enqueue_due
from tizhi.base.kit import clock

from . import chores

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 11, 23, 12))


@pytest.fixture
def name():
    return uuid.uuid4().hex


def test_a_job_is_done_and_says_how_far_it_is(name):
    run = enqueue(chores.note_down, name, person_id=7)
    assert (run.state, run.percent, run.is_over) == ("等待办理", 0, False)

    assert work_off() == 1

    run = Run.objects.get(pk=run.pk, person_id=7)
    assert chores.trace(name) != []
    assert (run.state, run.percent, run.is_over, run.task.return_value) == ("已完成", 100, True, name)


@pytest.mark.django_db(transaction=True)
def test_a_job_asked_for_in_a_transaction_that_fails_never_exists(name):
    with pytest.raises(ValueError), transaction.atomic():
        enqueue(chores.note_down, name)
        raise ValueError
    assert work_off() == 0
    assert chores.trace(name) == []


def test_a_job_for_later_waits_for_its_time(name):
    enqueue(chores.note_down, name, after=timedelta(hours=1))
    assert work_off() == 0
    with clock.at(NOON + timedelta(hours=2)):
        assert work_off() == 1


def test_a_failing_job_is_tried_again_ever_later_and_then_given_up_for_all_to_see(name):
    run = enqueue(chores.stumble, name)
    assert work_off() == 1, "a retry comes later, not at once"
    run.refresh_from_db()
    assert run.state == "等待重试" and "自动重试" in run.message

    with clock.at(NOON + timedelta(seconds=31)):
        assert work_off() == 1
    with clock.at(NOON + timedelta(seconds=60)):
        assert work_off() == 0, "the second pause is longer"
    with clock.at(NOON + timedelta(minutes=5)):
        assert work_off() == 1

    run = Run.objects.get(pk=run.pk)
    assert (run.state, len(chores.trace(name))) == ("未成功", 3)
    assert "stumbled" in run.task.traceback
    assert list(failed_lately()) == [run]


def test_a_broken_rule_is_told_and_not_tried_again(name):
    run = enqueue(chores.break_a_rule, name)
    work_off()
    run = Run.objects.get(pk=run.pk)
    assert (run.state, run.message) == ("未成功", "本季度报告已印发，不能再汇总。")


def test_a_job_this_release_no_longer_has_is_given_up(name):
    run = enqueue(chores.note_down, name)
    run.task.task_path = "tests.jobs.chores.gone"
    run.task.save()
    work_off()
    assert Run.objects.get(pk=run.pk).state == "未成功"


def test_a_silent_workers_job_goes_back_once_and_is_given_up_after_its_last_attempt(name):
    enqueue(chores.stumble, name)  # three attempts
    for attempt in (1, 2, 3):
        moment = NOON + timedelta(hours=attempt)
        with clock.at(moment):
            assert take("dies").attempts == attempt
            assert reap() == 0, "a lease that runs is respected"
        with clock.at(moment + timedelta(minutes=2)):
            assert (reap(), reap()) == (1, 0)
    assert Run.objects.get().state == "未成功"
    with clock.at(NOON + timedelta(days=1)):
        assert take("another") is None


def test_a_worker_that_lost_its_lease_can_neither_close_the_job_nor_report(name):
    enqueue(chores.note_down, name)
    slow = take("slow")
    with clock.at(NOON + timedelta(minutes=2)):
        reap()
        quick = take("quick")
        perform(slow)  # reports progress, finds the lease gone, leaves the row alone
        assert Run.objects.get().state == "正在办理"
        with pytest.raises(LeaseLost):
            Lease(slow, timedelta(seconds=60)).renew()
        perform(quick)
    assert Run.objects.get().state == "已完成"


def test_the_timetable_starts_each_line_once_a_day_and_makes_up_a_missed_one_once():
    table = [Timed(chores.note_down, at=time(2, 30))]
    assert len(enqueue_due(table)) == 1, "a new installation starts at once"
    assert enqueue_due(table) == []
    with clock.at(NOON + timedelta(hours=14, minutes=29)):
        assert enqueue_due(table) == []
    with clock.at(NOON + timedelta(hours=14, minutes=31)):
        assert len(enqueue_due(table)) == 1
    with clock.at(NOON + timedelta(days=9)):
        assert len(enqueue_due(table)) == 1
        assert enqueue_due(table) == []


def test_the_timetable_starts_a_line_every_so_often():
    table = [Timed(chores.note_down, every=timedelta(hours=1))]
    assert len(enqueue_due(table)) == 1
    with clock.at(NOON + timedelta(minutes=59)):
        assert enqueue_due(table) == []
    with clock.at(NOON + timedelta(minutes=61)):
        assert len(enqueue_due(table)) == 1


def test_a_worker_that_read_the_timetable_too_early_starts_nothing(monkeypatch):
    """Two workers both see the line due; the row's lock lets one of them start it."""
    line = Timed(chores.note_down, every=timedelta(hours=1))
    assert timetable._start(line, clock.now()) is not None
    assert timetable._start(line, clock.now()) is None


def test_a_line_of_the_timetable_says_when():
    with pytest.raises(ValueError):
        Timed(chores.note_down)


def test_what_is_long_done_is_forgotten(name):
    enqueue(chores.note_down, name)
    enqueue(chores.break_a_rule, name)
    work_off()
    with clock.at(timezone.now() + timedelta(days=60)):
        assert prune.call() == 1
    assert [run.state for run in Run.objects.all()] == ["未成功"]


def test_a_job_writes_rows_like_any_other_code():
    enqueue(chores.make_account, "chen")
    work_off()
    assert User.objects.filter(username="chen").exists()
