"""填报要求: each kind of what the platform asks of units – one entry of the list below – and how it is counted [I4].

A kind counts for all units and months at once, in the database where rows may be many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, OuterRef, QuerySet, Subquery

from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.periods import Period
from tizhi.base.notices.models import Notice
from tizhi.pipeline.activities import rules as briefs
from tizhi.pipeline.activities.kinds import kind_of
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.directory.contacts import is_asked
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings import rules as inputs
from tizhi.pipeline.filings.models import UnitInput
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.queries import in_force

from . import reminders
from .counting import Amount, Counting, Month
from .instances import periods_of_year
from .roster import RowsRoster

# What the form of a brief fills in by itself, and what a brief made from a planned item brings along besides.
PROPOSED: Final = frozenset({"unit", "kind", "first_day", "last_day", "mode", "units", "area"})
PLANNED: Final = frozenset({"title", "place"})
INPUT_FIELDS: Final = len(inputs.TEXTS) + 1  # the texts, and 本期无
ABOUT_CONTACT: Final = ("name", "phone", "email")
RETURNS: Final = ("activities.return_to_unit", "filings.return_input")
FROM_PLAN: Final = "agenda.make_brief"

Counted = Iterator[tuple[int, Month, Amount]]  # of which unit (its id), in which month


@dataclass(frozen=True)
class Demand:
    """One kind of what is asked; `how` says in words what is counted.

    A reminder asks nothing new: what `repeats` is told beside the sums, not in them.
    """

    code: str
    label: str
    how: str
    count: Callable[[Counting], Counted]
    repeats: bool = False


# By period


def _periods(asked: Counting, every: Callable[[Scheme], str | None]) -> Iterator[tuple[Period, Scheme]]:
    """The periods of the length the scheme of their end asks for, none that ended before the platform knew of it."""
    cluster = asked.cluster
    for year in [one.year for one in asked.stretches]:
        for period in periods_of_year(cluster.starts, cluster.ends, year, asked.stretches[-1].last):
            scheme = in_force(cluster, period.last)
            if period.every == every(scheme) and period.last >= asked.since:
                yield period, scheme


def _inputs(asked: Counting) -> Counted:
    found = list(_periods(asked, lambda scheme: scheme.reports.every if scheme.reports else None))
    exempt = filings.inputs_known(asked.cluster, [period.key for period, _ in found])
    excused = set(exempt.filter(state=UnitInput.State.EXEMPT).values_list("period", "unit"))
    for period, _ in found:
        if month := asked.month_of(max(inputs.opens_on(period), asked.since)):
            for unit in filings.asked_units(asked.cluster, period):
                if (period.key, unit.pk) not in excused:
                    yield unit.pk, month, Amount(1, INPUT_FIELDS)


def _contacts(asked: Counting) -> Counted:
    roster = RowsRoster(asked.cluster, clock.today())
    for period, scheme in _periods(asked, lambda scheme: scheme.contacts.confirm_every if scheme.contacts else None):
        month = asked.month_of(max(period.first, asked.since))
        for unit in roster.units(period.last) if month else ():
            fields = contact_fields(scheme, unit.kinds)
            if month and unit.unit_id and fields:
                yield unit.unit_id, month, Amount(1, fields, fields)


def contact_fields(scheme: Scheme, words: frozenset[str]) -> int:
    """How many fields a unit of these roles and this kind confirms: three for each of its contacts' posts."""
    if scheme.contacts is None or not is_asked(scheme.contacts, words):
        return 0
    named = [post for post in scheme.posts if post.id in scheme.contacts.posts and words.intersection(post.each)]
    return len(named) * len(ABOUT_CONTACT)


# By record


def brief_fields(kind: str) -> frozenset[str]:
    """What the form of a brief of that kind asks: what it fills in itself, what must be there, all of its figures."""
    required = briefs.missing(Activity(kind=kind), 0, clock.today())
    return PROPOSED | required.keys() | {figure.key for figure in kind_of(kind).figures}


def _briefs(asked: Counting) -> Counted:
    standing = Activity.objects.filter(cluster=asked.cluster, binned_at=None)
    for unit, kind, month, times in _counted(asked, standing, "created_at", "unit", "kind"):
        fields = brief_fields(kind)
        yield unit, month, Amount(times, times * len(fields), times * len(fields & PROPOSED))
    from_plan = _history(asked, FROM_PLAN).filter(target_id__in=standing.values("pk"))
    for unit, month, times in _counted(asked, from_plan, "at", "unit_id", of="target_id"):
        yield unit, month, Amount(held=times * len(PLANNED))


def _returns(asked: Counting) -> Counted:
    for unit, month, times in _counted(asked, _history(asked, *RETURNS), "at", "unit_id"):
        yield unit, month, Amount(times)


def _reminders(asked: Counting) -> Counted:
    unit = Person.objects.filter(pk=OuterRef("person_id")).values("unit")[:1]
    told = Notice.objects.filter(cluster_id=asked.cluster.pk, kind=reminders.KIND).annotate(of_unit=Subquery(unit))
    for one, month, times in _counted(asked, told, "at", "of_unit"):
        yield one, month, Amount(times)


def _history(asked: Counting, *codes: str) -> QuerySet[Entry]:
    return Entry.objects.filter(cluster_id=asked.cluster.pk, code__in=codes, unit_id__isnull=False)


def _counted(asked: Counting, rows: QuerySet[Any], moment: str, *by: str, of: str = "pk") -> Iterator[tuple[Any, ...]]:
    """How many `rows` there are by `by` and month; in one statement."""
    counted = asked.by_month(rows, moment).values_list(*by, "slot").annotate(times=Count(of, distinct=of != "pk"))
    for *told, slot, times in counted:
        if slot >= 0:
            yield *told, asked.months[slot], times


# In the order in which they are shown. To add one: a function above, a line here.
DEMANDS: Final = (
    Demand(
        "input", "季报材料",
        f"每期向应报单位提出1次，计在开始填报之月（期末前{inputs.OPENS_BEFORE_END.days}天）；{INPUT_FIELDS}栏，含“本期无”。"
        "已免报的不计。",
        _inputs,
    ),
    Demand(
        "contacts", "联系人确认",
        "每期向各单位提出1次，计在每期首月；每个联系人职务有姓名、手机、邮箱3栏，均取自通讯录，只需核对。",
        _contacts,
    ),
    Demand(
        "brief", "动态",
        "每条动态计为1次，计在建立之月，移入回收站的不计；栏目为提交时必填的各栏和该类型的全部数字。"
        "报送单位、类型、日期、方式、参与单位和重点内容由平台先行给出；由计划安排转成的，还带入标题和地点。",
        _briefs,
    ),
    Demand(
        "return", "退回重填",
        "大组团办公室每退回1次计为1次，不增加栏目；单位内部退回经办人的不计。",
        _returns,
    ),
    Demand(
        "reminder", "催办和提醒",
        "发给本单位人员的履约提醒和催办，每人每条计1条；是对同一要求的提示，另行列出，不计入次数。",
        _reminders, repeats=True,
    ),
)  # fmt: skip
