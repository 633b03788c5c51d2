"""问卷的作业: files of many answers are made here, and forgotten a day later."""

from datetime import timedelta

from tizhi.base.jobs.job import job
from tizhi.base.kit import clock

from . import export
from .models import Export

KEPT = timedelta(days=1)


@job("生成答卷文件", retries=1)
def make_export(pk: int) -> None:
    """Write the file as the answers stand now; nothing to do when it was forgotten meanwhile."""
    asked = Export.objects.filter(pk=pk, made_at=None).select_related("survey__unit").first()
    if asked is not None:
        at = clock.now()  # answers that come in while it is written are not in it
        content = export.WRITERS[asked.kind](asked.survey)
        Export.objects.filter(pk=pk).update(content=content, made_at=at)


@job("清理答卷文件")
def forget_exports() -> int:
    """Delete what was asked for more than a day ago, made or not; how many. They hold what people answered."""
    count, _ = Export.objects.filter(asked_at__lt=clock.now() - KEPT).delete()
    return count
