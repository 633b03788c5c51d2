"""到场负责同志: finds the appointment behind a name, so that a visit counts for the post held on that day [四(五)2]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory.models import Appointment

from .models import Activity, ActivityLeader


@dataclass(frozen=True)
class Leader:
    """Somebody who was there: an appointment of the cluster, or a name and post in words."""

    name: str = ""
    post_words: str = ""
    appointment_id: int | None = None

    @classmethod
    def read(cls, text: str) -> Leader:
        """From 姓名 职务, as people type it."""
        name, _, post_words = text.strip().partition(" ")
        return cls(name.strip()[:60], post_words.strip()[:120])


def words_of(held: Appointment) -> str:
    """西北师范大学分管校领导: the post as a brief names it."""
    return f"{held.place}{held.title or held.post_name}"


def resolved(activity: Activity, given: Sequence[Leader]) -> list[ActivityLeader]:
    """Unsaved rows of `given`; a name that one person of the cluster alone bears stands for that person's post.

    Raises RuleBroken for an appointment of another cluster and for nobody's name.
    """
    held = _of_cluster(activity)
    by_id = held.in_bulk([one.appointment_id for one in given if one.appointment_id])
    by_name = _by_name(held, activity, {one.name for one in given if one.appointment_id is None})
    return [_row(activity, one, by_id, by_name) for one in given]


def _of_cluster(activity: Activity) -> QuerySet[Appointment]:
    return Appointment.objects.filter(cluster=activity.cluster_id).select_related(
        "person", "unit", "post", "seat__body"
    )


def _by_name(held: QuerySet[Appointment], activity: Activity, names: Iterable[str]) -> dict[str, Appointment]:
    """The highest post of a unit that each of `names` held on the day."""
    bearers: dict[str, list[Appointment]] = defaultdict(list)
    on_the_day = held.on(activity.last_day or clock.today())  # type: ignore[attr-defined]
    for row in on_the_day.filter(person__name__in=names, post__isnull=False).order_by("post__rank", "pk"):
        bearers[row.person.name].append(row)
    return {name: rows[0] for name, rows in bearers.items() if len({row.person_id for row in rows}) == 1}


def _row(
    activity: Activity, given: Leader, by_id: Mapping[int, Appointment], by_name: Mapping[str, Appointment]
) -> ActivityLeader:
    held = by_id.get(given.appointment_id) if given.appointment_id else by_name.get(given.name)
    if held is not None:
        return ActivityLeader(
            activity=activity, person=held.person, appointment=held, name=held.person.name, post_words=words_of(held)
        )
    if given.appointment_id or not given.name.strip():
        raise RuleBroken("到场负责同志有误。", {"leaders": "请从名单中选择，或者写明姓名和职务"})
    return ActivityLeader(activity=activity, name=given.name, post_words=given.post_words)
