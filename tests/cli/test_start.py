"""Starting: what is refused, in words that say what to set, and what comes up."""

import re
import signal
import socket
import time
import urllib.request
from contextlib import closing

import pytest

from .conftest import KEY

SOUND = {"TIZHI_SECRET_KEY": KEY, "TIZHI_HOSTS": "tizhi.example.edu.cn"}


@pytest.mark.parametrize(
    ("command", "settings", "told"),
    [
        ("serve", {}, ["TIZHI_SECRET_KEY", "TIZHI_HOSTS"]),
        ("worker", {}, ["TIZHI_SECRET_KEY", "TIZHI_HOSTS"]),
        ("serve", {**SOUND, "TIZHI_DEBUG": "1"}, ["调试模式", "TIZHI_DEBUG"]),
        ("serve", {**SOUND, "TIZHI_SECRET_KEY": "short"}, ["密钥太短"]),
        ("serve", {**SOUND, "TIZHI_HOSTS": ""}, ["没有设置网站域名"]),
        ("serve", {**SOUND, "TIZHI_HOSTS": "*"}, ["不能是“*”"]),
    ],
)
def test_an_unsafe_production_start_is_refused_with_every_reason(tizhi, command, settings, told):
    code, said, complained = tizhi(command, **settings)
    assert code == 1 and said == ""
    assert complained.startswith("不能正式启动：")
    assert all(reason in complained for reason in told)
    assert "Traceback" not in complained


def test_a_taken_port_is_said_with_a_way_out(tizhi):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        code, _, complained = tizhi("serve", "--port", port, TIZHI_TRIAL="1")
    assert code == 1
    assert complained == f"端口{port}已被其他程序占用。请先停止它，或换一个端口：tizhi serve --port {port + 1}\n"


def test_a_trial_serves_this_machine_only(tizhi):
    code, _, complained = tizhi("serve", "--host", "0.0.0.0", TIZHI_TRIAL="1")
    assert code == 1 and "只能在本机访问" in complained


def test_old_data_are_not_changed_unasked(migrated):
    _forget_the_last_migration(migrated.home / "tizhi.sqlite3")
    code, _, complained = migrated("worker", **SOUND)
    assert code == 1 and "请先备份，再运行：tizhi migrate" in complained
    assert migrated("check")[0] == 1


def _forget_the_last_migration(database):
    import sqlite3

    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("delete from django_migrations where app = 'sessions'")


@pytest.fixture
def served(tizhi):
    """A trial on a free port of an empty home: its process and its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    process = tizhi.start("serve", "--port", port, TIZHI_TRIAL="1")
    line = process.stdout.readline()
    assert "提质平台已启动" in line, line + process.stderr.read()
    yield process, re.search(r"http://[^（]+", line).group()
    process.kill()
    process.wait()


def test_web_and_worker_come_up_from_nothing_and_stop_together(served):
    process, address = served
    page = _fetch(f"{address}/accounts/login/")
    assert "登录" in page
    style = re.search(r'href="(/static/dist/[^"]+\.css)"', page)
    assert style is None or _fetch(address + style.group(1))

    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "作业进程已启动" in log and "作业进程已停止" in log and "Traceback" not in log
    with closing(socket.create_server((address.split("//")[1].split(":")[0], int(address.rsplit(":", 1)[1])))):
        pass  # nobody is left behind on the port


def _fetch(url):
    """The page, waiting for the server's first process."""
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return answer.read().decode()
        except ConnectionError:
            assert time.monotonic() < end
