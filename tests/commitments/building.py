"""造承诺: commitments as they stand, without their history."""

from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from tests import make
from tizhi.pipeline.commitments.models import Commitment, CommitmentUnit, Progress
from tizhi.pipeline.scheme.models import Cluster, Unit

DEPARTMENT = "安徽省教育厅"


def commitment(
    department: str = DEPARTMENT, *, schools: tuple[str, ...] = (), cluster: Cluster | None = None, **given: object
) -> Commitment:
    """300万元 for all schools of the province, due at the end of 2026, unless `given` says otherwise."""
    cluster = cluster or make.bnu()
    unit = make.unit(department)
    columns = {
        "kind": "funds", "title": "支持建设学前教育实训中心", "amount": Decimal(300), "promised_on": date(2026, 3, 1),
        "due": date(2027, 12, 31), "source": "皖教秘〔2026〕12号", "writer": make.liaison_of(unit, cluster),
    }  # fmt: skip
    made = Commitment.objects.create(cluster=cluster, unit=unit, **{**columns, **given})
    for place, name in enumerate(schools):
        CommitmentUnit.objects.create(commitment=made, unit=Unit.objects.get(name=name), order=place)
    return made


def at_noon(day: date) -> datetime:
    """Noon of that day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def progress(of: Commitment, on: date = date(2026, 6, 1), amount: int | None = None, **given: object) -> Progress:
    """A word on how far it is."""
    columns = {"text": "首批经费已拨付", "person": of.writer, "words": "安徽省教育厅主要工作人员", "at": at_noon(on)}
    sum_ = None if amount is None else Decimal(amount)
    return Progress.objects.create(commitment=of, on=on, amount=sum_, **{**columns, **given})


def department_liaison(name: str = "江河", department: str = DEPARTMENT):  # type: ignore[no-untyped-def]
    """The account of somebody who enters for a department."""
    return make.person(name, department, post="liaison").user
