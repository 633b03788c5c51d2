"""日历文件: one person's dates as iCalendar (RFC 5545) – planned items and deadlines, each post read for itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from tizhi.base.accounts.models import User
from tizhi.base.kit import clock, words
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities.kinds import kind_of
from tizhi.pipeline.agenda import queries, rules
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.desk.queries import Date, dates
from tizhi.pipeline.directory.actors import actor_of, appointments_of
from tizhi.pipeline.scheme.models import Cluster

LOOKS_BACK = timedelta(days=120)
ASKS_AGAIN = timedelta(hours=4)
# Of control characters a calendar knows none but the line's end.
CONTROLS = {code: None for code in (*range(32), 127) if chr(code) != "\n"}


def calendar_of(user: User) -> bytes:
    """The calendar of `user`: what each of the posts in force sees, put together; the same data give the same bytes."""
    calendar = _empty(user)
    items: dict[int, tuple[PlannedItem, bool]] = {}
    due: dict[int, tuple[Cluster, list[Date]]] = {}
    for held in appointments_of(user):
        actor = actor_of(user, held)
        for planned in queries.in_calendar_of(actor, clock.today() - LOOKS_BACK):
            items.setdefault(planned.pk, (planned, _goes(actor, planned)))
        if queries.sees(actor) and held.cluster_id not in due:
            due[held.cluster_id] = (held.cluster, dates(held.cluster))
    for planned, goes in sorted(items.values(), key=lambda one: (one[0].first_day, one[0].pk)):
        calendar.add_component(_item(planned, goes))
    for cluster, days in due.values():
        for one in days:
            calendar.add_component(_deadline(cluster, one))
    return calendar.to_ical()


def _empty(user: User) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//提质平台//计划安排//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "提质计划安排")
    calendar.add("refresh-interval", ASKS_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", ASKS_AGAIN)
    return calendar


def _goes(actor: Actor, planned: PlannedItem) -> bool:
    return any(one.person_id == actor.person_id for one in planned.leaders.all())


def _item(planned: PlannedItem, goes: bool) -> Event:
    """One planned item; only who is to be there is shown as busy."""
    standing = rules.standing(planned, clock.today())
    event = _all_day(planned.first_day, planned.last_day, f"plan-{planned.pk}", planned.changed_at)
    is_off = standing.code == "cancelled"
    event.add("summary", _text(f"（已取消）{planned.title}" if is_off else planned.title))
    event.add("sequence", planned.version - 1)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "OPAQUE" if goes and not is_off else "TRANSPARENT")
    event.add("created", planned.created_at.astimezone(UTC))
    event.add("last-modified", planned.changed_at.astimezone(UTC))
    if planned.place:
        event.add("location", _text(planned.place))
    event.add("categories", [kind_of(planned.kind).label])
    event.add("description", _text("\n".join(_told(planned, standing.words))))
    event.add("url", settings.SITE_ADDRESS.rstrip("/") + reverse("agenda:show", args=[planned.pk]))
    return event


def _told(planned: PlannedItem, standing: str) -> Iterable[str]:
    yield f"状态：{standing}" + (f"，{planned.cancel_reason}" if planned.cancel_reason else "")
    yield f"负责单位：{planned.unit.called}"
    if others := [one.unit.called for one in planned.units.all() if one.unit_id != planned.unit_id]:
        yield f"参加单位：{words.listing(others)}"
    if leaders := [str(one) for one in planned.leaders.all()]:
        yield f"到场负责同志：{words.listing(leaders)}"
    for move in planned.moves.all():
        yield f"改期：{rules.moved_words(move)}"
    if planned.about:
        yield f"说明：{planned.about}"


def _deadline(cluster: Cluster, one: Date) -> Event:
    # A deadline is no row and has no number: its words, which name its period, are what it is known by.
    key = sha256(f"{cluster.key} {one.words}".encode()).hexdigest()[:16]
    event = _all_day(one.day, one.day, f"due-{key}", datetime.combine(one.day, time(), UTC))
    event.add("summary", _text(one.words))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    provisional = "\n次年放假安排尚未公布，日期暂按周一至周五计算" if one.provisional else ""
    event.add("description", _text(f"{cluster.name}{provisional}"))
    return event


def _all_day(first: date, last: date, key: str, changed: datetime) -> Event:
    """Whole days; the end is the day after the last."""
    event = Event()
    event.add("uid", f"{key}@{urlsplit(settings.SITE_ADDRESS).hostname}")
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    return event


def _text(said: str) -> str:
    return said.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)
