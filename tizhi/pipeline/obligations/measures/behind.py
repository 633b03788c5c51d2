"""依据的动态: the activities looked at for one duty – those that count, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from tizhi.pipeline.activities.models import Activity, ActivityLeader, ActivityUnit
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.scheme import terms

from ..instances import Instance
from .measure import Asked, Record, said

MOST: Final = 40
_COUNTED: Final = (Activity.State.ACCEPTED, Activity.State.PUBLISHED)


def looked_at(one: Instance, counted: Collection[int], asked: Asked, visible: QuerySet[Activity]) -> list[Record]:
    """The activities of the kind and the period in which both sides took part, as far as they are `visible`."""
    period, schools = one.period, [school.unit_id for school in one.schools]
    near = visible.filter(kind=one.rule.evidence.activity, binned_at=None, last_day__lte=asked.day)
    near = near.filter(created_at__lte=asked.at)
    took_part = _took_part([one.who.unit_id]) | Q(unit=one.who.unit_id)
    # Whoever reported it may have named the leader who went and forgotten his university.
    near = near.filter(~Q(state=Activity.State.DRAFT) & took_part | Q(pk__in=counted))
    if period:
        near = near.filter(last_day__gte=period.first, last_day__lte=period.last)
    if schools:
        near = near.filter(_took_part(schools) | Q(unit__in=schools))
    leaders = Prefetch("leaders", ActivityLeader.objects.select_related("appointment"))
    rows = list(near.prefetch_related("units", leaders).order_by("last_day", "pk")[: MOST + 1])
    posts = _posts(one, asked, rows)
    records = [
        Record(row.last_day, row.title, "activities:show", (row.pk,), _why_not(row, one, asked, counted, posts))
        for row in rows
    ]
    return sorted(records, key=lambda record: bool(record.why_not))


def _took_part(units: list[int | None]) -> Exists:
    return Exists(ActivityUnit.objects.filter(activity=OuterRef("pk"), unit__in=units))


def _posts(one: Instance, asked: Asked, rows: list[Activity]) -> list[Appointment]:
    """Every appointment to the post, of those who were there."""
    if not one.rule.evidence.post:
        return []
    people = {leader.person_id for row in rows for leader in row.leaders.all() if leader.person_id}
    held = Appointment.objects.filter(cluster=asked.cluster, unit=one.who.unit_id, post__key=one.rule.evidence.post)
    return list(held.filter(person__in=people))


def _why_not(
    row: Activity, one: Instance, asked: Asked, counted: Collection[int], posts: list[Appointment]
) -> str:  # fmt: skip
    if row.pk in counted:
        return ""
    if row.accepted_at and row.accepted_at > asked.at:
        return f"当日尚未接收（{said(timezone.localtime(row.accepted_at).date())}接收）"
    return next((told for test in _TESTS if (told := test(row, one, posts))), _TAKEN)


_TAKEN = "已计入另一事项，或本事项已够数"


def _state(row: Activity, one: Instance, posts: list[Appointment]) -> str:
    return "" if row.state in _COUNTED else f"{row.get_state_display()}，接收后计入"


def _mode(row: Activity, one: Instance, posts: list[Appointment]) -> str:
    wanted = one.rule.evidence.mode
    return f"{row.get_mode_display()}方式" if wanted and row.mode != wanted else ""


def _stage(row: Activity, one: Instance, posts: list[Appointment]) -> str:
    wanted = one.rule.evidence.stage
    return f"不是{terms.STUDY_ROUNDS[wanted]}" if wanted and row.stage != wanted else ""


def _host(row: Activity, one: Instance, posts: list[Appointment]) -> str:
    """On site means at the school."""
    if not one.schools or one.rule.evidence.mode != Activity.Mode.ON_SITE:
        return ""
    hosts = {part.unit_id for part in row.units.all() if part.part == ActivityUnit.Part.HOST}
    return "" if hosts.intersection(school.unit_id for school in one.schools) else "不在受访院校，承办单位不是该校"


def _leader(row: Activity, one: Instance, posts: list[Appointment]) -> str:
    wanted = one.rule.evidence.post
    if not wanted or any(_held(post, row) for post in posts):
        return ""
    post, there = one.scheme.post(wanted).name, [str(leader) for leader in row.leaders.all()]
    return f"到场者不是当日的{one.who.called}{post}" + (
        f"（{'、'.join(there[:2])}）" if there else "（未填到场负责同志）"
    )


def _held(post: Appointment, row: Activity) -> bool:
    first, last = row.first_day or date.min, row.last_day or date.max
    there = {leader.person_id for leader in row.leaders.all()}
    return post.person_id in there and (post.begins or first) <= last and (post.ends is None or post.ends >= first)


_TESTS: Final[tuple[Callable[[Activity, Instance, list[Appointment]], str], ...]] = (
    _state, _mode, _stage, _host, _leader,
)  # fmt: skip
