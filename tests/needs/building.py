"""造需求: strengths, gaps and needs as they stand."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from tests import make
from tizhi.base.accounts.models import User
from tizhi.pipeline.needs.models import Need, NeedEvent, Trait
from tizhi.pipeline.scheme.models import Area

AT = timezone.make_aware(datetime(2026, 3, 10, 10))
SCHOOL = "阜阳师范大学"


def school_liaison(school: str = SCHOOL) -> User:
    """The account of somebody who enters for a school."""
    cluster = make.bnu()
    return make.liaison_of(make.unit(school), cluster).user


def trait(school: str = SCHOOL, kind: str = "gap", **given: object) -> Trait:
    """A gap in the first area."""
    cluster, unit = make.bnu(), make.unit(school)
    columns = {
        "text": "教育硕士导师不足", "evidence": "导师32人，校外占七成",
        "area": Area.objects.filter(cluster=cluster).first(), "writer": make.liaison_of(unit, cluster), "stated_at": AT,
    }  # fmt: skip
    return Trait.objects.create(cluster=cluster, unit=unit, kind=kind, **{**columns, **given})


def need(school: str = SCHOOL, **given: object) -> Need:
    """An open need of the next number, stated by the school itself."""
    cluster, unit = make.bnu(), make.unit(school)
    last = Need.objects.filter(cluster=cluster, unit=unit).aggregate(last=Max("number"))["last"]
    number = (last or 0) + 1
    writer = make.liaison_of(unit, cluster)
    columns = {
        "number": number, "title": f"培养教育硕士导师（{number}）", "text": "三年新增校内导师20人。", "writer": writer,
        "area": Area.objects.filter(cluster=cluster).first(), "stated_at": AT, "confirmed_at": AT,
    }  # fmt: skip
    made = Need.objects.create(cluster=cluster, unit=unit, **{**columns, **given})
    NeedEvent.objects.create(need=made, kind="stated", person=writer, words=f"{writer}（{school}）", at=AT)
    return made
