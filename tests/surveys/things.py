"""世界里的问卷: one by link, answered once, one still a draft, and another unit's to which 安徽师范大学 is invited."""

from tizhi.base.kit import clock
from tizhi.pipeline.surveys.models import Export

from .building import answered, invitation, survey


def things() -> dict[str, object]:
    """The surveys by the names used in the table of doors."""
    one, asked = survey(title="公开问卷", secret="opensurvey"), survey("北京师范大学", way="invited")
    answered(one)
    now = clock.now()
    Export.objects.create(survey=one, kind=Export.Kind.EXCEL, asked_at=now, made_at=now, content=b"xlsx")
    invitation(asked, "安徽师范大学")
    draft = survey(state="draft")
    return {
        "survey": one.pk, "survey-secret": one.secret, "survey-asked": asked.pk, "survey-draft": draft.pk,
    }  # fmt: skip
