"""Jobs for the tests: each leaves a trace that can be counted."""

import os
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from tizhi.base.accounts.models import User
from tizhi.base.jobs.job import job, progress
from tizhi.base.kit.errors import RuleBroken

FOLDER = Path(settings.TIZHI_HOME) / "chores"


def trace(name):
    """One line per time the chore `name` was really done."""
    path = FOLDER / str(name)
    return path.read_text().splitlines() if path.exists() else []


def _leave_trace(name):
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / str(name)).open("a") as file:
        file.write(f"{os.getpid()}\n")


@job("登记")
def note_down(name):
    _leave_trace(name)
    progress(3, 4, "正在登记")
    return name


@job("第一次卡住，第二次办完", lease=timedelta(seconds=1))
def hang_the_first_time(name):
    if trace(f"{name}.begun"):
        _leave_trace(name)
        return
    _leave_trace(f"{name}.begun")
    time.sleep(600)


@job("等到可以办完")
def finish_when_told(name):
    _leave_trace(f"{name}.begun")
    while not trace(f"{name}.go"):
        time.sleep(0.01)
    _leave_trace(name)


@job("定时")
def on_the_timetable():
    _leave_trace("timetable")


@job("总是出错", retries=2)
def stumble(name):
    _leave_trace(name)
    raise ValueError("stumbled")


@job("违反规定")
def break_a_rule(name):
    _leave_trace(name)
    raise RuleBroken("本季度报告已印发，不能再汇总。")


@job("新建账号")
def make_account(name):
    User.objects.create_user(name)
