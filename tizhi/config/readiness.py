"""就绪: what must stand before anything is served – the home, the database's structure, the pages' assets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from .health import unapplied


class NotReady(Exception):
    """Something an administrator has to do first; the text says what."""


def make_home() -> None:
    """The folder for data, readable by nobody else."""
    settings.TIZHI_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)


def migrate() -> int:
    """Bring the database to the structure of this release; how many steps it took."""
    steps = len(unapplied())
    if steps:
        call_command("migrate", verbosity=0, interactive=False)
    return steps


def require_database() -> None:
    """Build the structure of an empty or a trial database; NotReady where data would be changed unasked."""
    make_home()
    steps = unapplied()
    if steps and not settings.TRIAL and connection.introspection.table_names():
        raise NotReady(f"数据库结构落后于程序，有{len(steps)}项更新。请先备份，再运行：tizhi migrate")
    migrate()


def collect_assets() -> None:
    """Copy the pages' assets to where they are served from, unless they lie there already."""
    root = Path(settings.STATIC_ROOT)
    stamp, fingerprint = root / ".from", _fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
    stamp.write_text(fingerprint)


def _fingerprint() -> str:
    return hashlib.sha256("\n".join(sorted(_assets())).encode()).hexdigest()


def _assets() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            yield f"{path} {found.st_size} {found.st_mtime_ns}"
