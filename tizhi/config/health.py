"""体检: what `tizhi check` looks at. Each look gives a sentence per damage, and nothing when all is well."""

from collections.abc import Callable, Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tizhi.base.files.damage import damage as damage_of_files
from tizhi.base.jobs.models import failed_lately
from tizhi.pipeline.reports.damage import damage as damage_of_reports

Look = Callable[[], Iterator[str]]


def unapplied() -> list[str]:
    """The migrations the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def structure() -> Iterator[str]:
    """Whether the database is as this release needs it; the other looks cannot do without."""
    if missing := unapplied():
        yield f"数据库结构落后于程序，有{len(missing)}项更新没有执行。请先备份，再运行 tizhi migrate。"


def integrity() -> Iterator[str]:
    """Damaged pages and references to rows that are gone; PostgreSQL watches over both itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        told = cursor.execute("PRAGMA integrity_check(20)").fetchall()
        yield from (f"数据库文件损坏：{line}。请从备份恢复。" for (line,) in told if line != "ok")
        for table, row, parent, _ in cursor.execute("PRAGMA foreign_key_check").fetchmany(20):
            yield f"数据表{table}第{row}行引用的{parent}记录不存在。请从备份恢复。"


def jobs() -> Iterator[str]:
    """Jobs given up within thirty days."""
    for run in failed_lately():
        yield f"{timezone.localtime(run.task.finished_at):%Y-%m-%d %H:%M} 作业“{run.label}”未成功：{run.message}"


# A stage that can find damage adds its look here.
LOOKS: dict[str, Look] = {
    "数据库完整性": integrity,
    "文件": damage_of_files,
    "已印发的报告": damage_of_reports,
    "后台作业": jobs,
}
