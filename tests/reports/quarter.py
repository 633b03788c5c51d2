"""A quarter to report on: activities of 2026Q3, and what is done with its report."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from tests import make
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import parse
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.reports import actions
from tizhi.pipeline.reports.models import Report
from tizhi.pipeline.scheme.models import Area

Q2, Q3, Q4 = parse("2026Q2"), parse("2026Q3"), parse("2026Q4")


def brief(title: str, last: date, *, state: str = "accepted", area: str = "talent", **given: object) -> Activity:
    """An activity that ended on `last`, reported by 安徽师范大学 and sent the next day unless `given` says else."""
    sent = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    columns = {
        "title": title, "first_day": last - timedelta(days=1), "last_day": last, "sent_at": sent,
        "area": Area.objects.get(cluster=make.bnu(), key=area), **given,
    }  # fmt: skip
    return make.activity(state=state, **columns)


def quarter(count: int = 5) -> list[Activity]:
    """`count` accepted activities of 2026Q3 in the areas by turns: a visit, and else small trainings."""
    make.bnu()
    areas = ("talent", "disciplines", "basic-education", "management", "x")
    visit = brief("实地调研阜阳师范大学", date(2026, 7, 10), kind="field-study", details={"team": 6, "talks": 3},
                  area="management", stage="implementation",
                  units=(("阜阳师范大学", "host"), ("安徽师范大学", "visitor")))  # fmt: skip
    rest = [
        brief(f"骨干教师研修班第{n}期", date(2026, 7, 20) + timedelta(days=n % 60), area=areas[n % 5],
              details={"trainees": 10 + n, "hours": 8})
        for n in range(1, count)
    ]  # fmt: skip
    return [visit, *rest]


def office() -> Actor:
    """王敏, who runs the cluster office."""
    return make.actor("secretariat")


def signer() -> Actor:
    """The president of 北京师范大学."""
    held = Person.objects.filter(name="郑航").first() or make.person("郑航", "北京师范大学", post="president")
    return make.actor(held.user)


def opened(period=Q3) -> Report:
    """The report of `period`, opened."""
    return actions.open_report(office(), make.bnu(), period=period)


def drafted(period=Q3) -> Report:
    """The report, composed by one click."""
    return actions.compose_draft(office(), opened(period))


def issued(period=Q3, number: str = "师教组〔2026〕3号") -> Report:
    """The report, checked, signed and issued."""
    report = actions.check(office(), actions.submit_for_check(office(), drafted(period)))
    report = actions.sign(signer(), report)
    return actions.issue(office(), report, number=number, issued_on=date(2026, 10, 20))
