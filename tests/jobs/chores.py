"""Jobs for the tests: each leaves a trace that can be counted."""

import os
import time
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


@job("第一次等死，第二次办完")
def hang_the_first_time(name):
    """Idempotent: the flag tells that an earlier attempt was under way."""
    flag = FOLDER / f"{name}.begun"
    if flag.exists():
        _leave_trace(name)
        return
    FOLDER.mkdir(exist_ok=True)
    flag.write_text(str(os.getpid()))
    time.sleep(600)


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
