"""命令: `tizhi …`. Every command reads its words and calls the floors below."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured

# Our own modules are imported inside the commands: Django has to be set up first, and `tizhi --help` should not wait.


def main(given: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    args = _parser().parse_args(given)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tizhi.config.settings")
    if args.do is serve and os.environ.get("TIZHI_TRIAL"):
        os.environ.setdefault("TIZHI_SITE", f"http://127.0.0.1:{args.port}")
    try:
        django.setup()
        return _run(args)
    except ImproperlyConfigured as fault:
        return _refuse(str(fault))
    except BrokenPipeError:  # whoever read our words (`| head`) has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _run(args: argparse.Namespace) -> int:
    from tizhi.base.kit.errors import RuleBroken
    from tizhi.config.readiness import NotReady, make_home

    make_home()
    try:
        return args.do(args) or 0
    except (RuleBroken, NotReady) as fault:
        return _refuse(str(fault))


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


def serve(args: argparse.Namespace) -> int:
    """启动网页和后台作业；按 Ctrl+C 停止。"""
    from django.conf import settings

    from tizhi.config import checks, listening, readiness

    checks.require_fit_to_serve()
    if reason := checks.trial_beyond_this_machine(args.host):
        return _refuse(reason)
    try:
        listener = listening.listen(args.host, args.port)
    except listening.CannotListen as fault:
        return _refuse(str(fault))
    readiness.require_database()
    readiness.collect_assets()
    # Loading the application lists the assets: not before they are there.
    from tizhi.config import server

    print(f"提质平台已启动：{settings.SITE_ADDRESS}（按 Ctrl+C 停止）", flush=True)
    return server.serve(listener)


def worker(args: argparse.Namespace) -> None:
    """只启动后台作业；可在多台机器上各启动若干个。"""
    from tizhi.base.jobs.worker import Worker
    from tizhi.config import checks, readiness
    from tizhi.config.timetable import TIMETABLE

    checks.require_fit_to_serve()
    readiness.require_database()
    Worker(TIMETABLE).run()


def migrate(args: argparse.Namespace) -> None:
    """把数据库结构更新到本版本；请先备份。"""
    from tizhi.config import readiness

    steps = readiness.migrate()
    print(f"已执行{steps}项更新。" if steps else "数据库结构已是最新。")


def admin_create(args: argparse.Namespace) -> int:
    """建立系统管理员账号，并给出设置密码的一次性链接。"""
    from tizhi.base.accounts.models import User
    from tizhi.config import readiness

    readiness.require_database()
    username = (args.username or input("用户名：")).strip().lower()
    if not username:
        return _refuse("请填写用户名。")
    if User.objects.filter(username=username).exists():
        return _refuse(f"用户名{username}已有人使用。请换一个，或用 tizhi signin-link {username} 登录。")
    name = (args.name or input("姓名：")).strip()
    user = User.objects.create_user(username, name=name, email=args.email, is_administrator=True)
    print(f"已建立系统管理员{user}。请在浏览器打开以下链接设置密码（只能使用一次）：\n{_link(user, 'invitation')}")
    return 0


def signin_link(args: argparse.Namespace) -> int:
    """给出某个账号的一次性登录链接。"""
    from tizhi.base.accounts.models import User

    user = User.objects.filter(username=args.username.lower(), is_active=True).first()
    if user is None:
        return _refuse(f"没有用户名为{args.username}的在用账号。")
    print(_link(user, "signin"))
    return 0


def _link(user: Any, purpose: str) -> str:
    from tizhi.base.accounts.links import make_link

    return make_link(user, purpose)


def scheme_check(args: argparse.Namespace) -> int:
    """检查工作方案文件，列出全部问题。"""
    from tizhi.pipeline.scheme.check import check

    report = check(_bytes_of(args.file))
    if args.json:
        print(json.dumps([asdict(fault) for fault in report], ensure_ascii=False, indent=2))
    else:
        for fault in report:
            print(fault)
        print(f"{len(report.faults)}处错误，{len(report.warnings)}处提醒。" if report.found else "没有发现问题。")
    return 0 if report.is_sound else 1


def scheme_apply(args: argparse.Namespace) -> int:
    """载入工作方案：先显示变化，确认后施行。"""
    from tizhi.base.kit.actor import system
    from tizhi.config import readiness
    from tizhi.pipeline.scheme.actions import apply_scheme
    from tizhi.pipeline.scheme.preview import preview

    readiness.require_database()
    shown = preview(_bytes_of(args.file), args.begins)
    print("\n".join(shown.lines()))
    if shown.is_same_text:
        return 0
    print("\n".join(_what_follows(shown)))
    if not args.yes and input("确定施行？（是/否）").strip().lower() not in {"是", "y", "yes"}:
        return _refuse("没有施行。")
    version = apply_scheme(system(), shown.cluster, text=shown.text, begins=args.begins, after=shown.after)
    print(f"已施行：{version}。")
    return 0


def _what_follows(shown: Any) -> list[str]:
    """What a version changes in the ledger, and who loses a post or seat by it."""
    from tizhi.pipeline.directory.ending import ending
    from tizhi.pipeline.obligations.effects import effects

    found = effects(shown.cluster, shown.scheme, shown.begins)
    held = [] if found.is_too_large else ending(shown.cluster, shown.scheme, shown.begins)
    return [*found.lines(), *(f"终止 {one}" for one in held)]


def demo(args: argparse.Namespace) -> None:
    """在空库中载入北京师范大学组团和两年的示例数据。"""
    from django.conf import settings

    from tizhi.base.kit import clock
    from tizhi.config import readiness
    from tizhi.demo.accounts import sign_in_lines
    from tizhi.demo.load import is_loaded, load

    readiness.require_database()
    if not (args.if_empty and is_loaded()):
        print("正在载入示例数据，约需一分钟……", flush=True)
        load(args.today or clock.today())
    print("\n".join(sign_in_lines(settings.SITE_ADDRESS)), flush=True)


def report_compile(args: argparse.Namespace) -> int:
    """生成季度报告，并输出其中的数字；已印发的取冻结本。"""
    from tizhi.base.documents.word import write_word
    from tizhi.pipeline.reports.queries import compile_report
    from tizhi.pipeline.scheme.queries import cluster_by_key

    cluster = cluster_by_key(args.cluster)
    if cluster is None:
        return _refuse(f"没有标识为{args.cluster}的组团。标识是方案文件中 cluster.id 的值。")
    made = compile_report(cluster, args.quarter)
    content = write_word(made.document)
    try:
        args.out.write_bytes(content)
    except OSError as fault:
        return _refuse(f"不能写入文件{args.out}：{fault.strerror}。")
    summary = {
        "cluster": cluster.key,
        "period": made.period.key,
        "state": made.state,
        "sha256": made.report.sha256 if made.report else "",
        "figures": made.values.summary(),
    }
    print(json.dumps(summary, ensure_ascii=False, indent=2))
    return 0


def check(args: argparse.Namespace) -> int:
    """检查数据是否完好。"""
    from tizhi.config import health

    if found := list(health.structure()):
        return _refuse(found[0])
    damaged = 0
    for heading, look in health.LOOKS.items():
        found = list(look())
        damaged += len(found)
        print(f"{heading}：{'完好' if not found else f'{len(found)}处问题'}")
        for sentence in found:
            print(f"  · {sentence}")
    return 1 if damaged else 0


def _bytes_of(path: Path) -> bytes:
    from tizhi.base.kit.errors import RuleBroken

    try:
        return path.read_bytes()
    except OSError as fault:
        raise RuleBroken(f"不能读取文件{path}：{fault.strerror}。") from None


def _period(key: str) -> Any:
    from tizhi.base.kit.periods import parse

    try:
        return parse(key)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{key}”不是季度，请写成 2026Q3。") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-11-23。") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tizhi", description="提质平台")
    commands = parser.add_subparsers(metavar="命令", required=True)
    _serve(commands)
    _command(commands, "worker", worker)
    _command(commands, "migrate", migrate)
    _admin(commands)
    _scheme(commands)
    one = _command(commands, "demo", demo)
    one.add_argument("--today", type=_day, help="示例数据截止的日期，如 2026-11-20；默认今天")
    one.add_argument("--if-empty", action="store_true", help="已有数据时不载入，也不算出错")
    _report(commands)
    one = _command(commands, "signin-link", signin_link)
    one.add_argument("username", help="用户名")
    _command(commands, "check", check)
    return parser


def _command(commands: Any, name: str, do: Any) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = commands.add_parser(name, help=do.__doc__, description=do.__doc__)
    one.set_defaults(do=do)
    return one


def _group(commands: Any, name: str, words: str) -> Any:
    return commands.add_parser(name, help=words, description=words).add_subparsers(metavar="命令", required=True)


def _serve(commands: Any) -> None:
    one = _command(commands, "serve", serve)
    one.add_argument("--host", default="127.0.0.1", help="监听的地址，默认只供本机")
    one.add_argument("--port", type=int, default=8000, help="端口，默认 8000")


def _admin(commands: Any) -> None:
    one = _command(_group(commands, "admin", "系统管理员。"), "create", admin_create)
    one.add_argument("--username", default="", help="用户名")
    one.add_argument("--name", default="", help="姓名")
    one.add_argument("--email", default="", help="邮箱")


def _scheme(commands: Any) -> None:
    group = _group(commands, "scheme", "工作方案。")
    one = _command(group, "check", scheme_check)
    one.add_argument("file", type=Path, help="方案文件")
    one.add_argument("--json", action="store_true", help="输出列表")
    one = _command(group, "apply", scheme_apply)
    one.add_argument("file", type=Path, help="方案文件")
    one.add_argument("--from", dest="begins", type=_day, help="施行日期，如 2026-12-01；默认今天")
    one.add_argument("--yes", action="store_true", help="不再询问")


def _report(commands: Any) -> None:
    one = _command(_group(commands, "report", "季度报告。"), "compile", report_compile)
    one.add_argument("--cluster", required=True, help="组团标识")
    one.add_argument("--quarter", type=_period, required=True, help="季度，如 2026Q3")
    one.add_argument("--out", type=Path, required=True, help="Word文件")


if __name__ == "__main__":
    sys.exit(main())
