"""问卷的作业: files of many answers are made here, and forgotten a day later; personal links are mailed."""

from datetime import date, timedelta

from tizhi.base.jobs.job import job, progress
from tizhi.base.kit import clock
from tizhi.base.notices.post import NotSent, Post

from . import export, mailing, rules
from .models import Export, Invitation, Survey

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


@job("邮件发送填写链接", retries=8, lease=timedelta(minutes=10))
def send_links(pk: int, day: str) -> int:
    """Mail the links that were asked for on `day` and have not gone yet; how many went.

    An address that is refused is noted and given up; a mail server that is away is waited for.
    """
    survey = Survey.objects.filter(pk=pk).first()
    if survey is None or not rules.accepts(survey, clock.now()):
        return 0
    waiting = list(mailing.to_mail(survey, date.fromisoformat(day)).select_related("unit", "survey__unit"))
    sent, left = 0, 0
    with Post() as post:
        for done, one in enumerate(waiting, 1):
            fault, is_lasting = post.send(one.email, mailing.subject(one.survey), mailing.body(one))
            if fault and not is_lasting:
                left += 1
            else:
                Invitation.objects.filter(pk=one.pk).update(mailed_at=clock.now(), mail_fault=fault)
                sent += not fault
            progress(done, len(waiting))
    if left:
        raise NotSent(f"{left}封邮件未发出")
    return sent
