"""报告检查: every sealed report against its seal."""

from collections.abc import Iterator

from .compiled import seal
from .models import Report


def damage() -> Iterator[str]:
    """A sentence for every issued report whose frozen text or figures are no longer what was issued."""
    for report in Report.objects.select_related("cluster").exclude(sha256="").iterator():
        if seal(report) != report.sha256:
            yield f"{report}印发后被改动，与封存的校验值不符。请从备份恢复。"
