"""示例报送: enters each planned activity as its writer, signs, returns, accepts and publishes it in due time."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta

from django.utils import timezone

from tizhi.base.kit import clock
from tizhi.pipeline.activities import actions
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.writing import Part
from tizhi.pipeline.calendar.queries import add_workdays
from tizhi.pipeline.scheme.models import Area

from .people import Cast
from .planning import PLACE, Planned

DUE_WORKDAYS = 5


class Desk:
    """The offices at work: what would happen after `until` has not happened yet."""

    def __init__(self, cast: Cast, until: datetime) -> None:
        self.cast, self.until = cast, until
        self.drawn = random.Random(2026)
        self.areas = {area.key: area for area in Area.objects.filter(cluster=cast.cluster)}

    def report(self, one: Planned) -> Activity | None:
        """Take one activity from its writer as far as it has come by now."""
        activity: Activity | None = None
        for planned, step in self._course(one):
            moment = _in_office_hours(planned)
            if moment > self.until:
                break
            with clock.at(moment):
                activity = step(activity)
        return activity

    def _course(self, one: Planned):  # type: ignore[no-untyped-def]
        """When each step happens, and what is done."""
        drafted = self._sending(one)
        pace = self._pace(one)
        sent = drafted + timedelta(minutes=40) * pace
        yield drafted, lambda _: self._draft(one)
        if one.rests == "draft":
            return
        yield sent, lambda activity: actions.send(self._writer(one), activity)
        yield sent + timedelta(hours=3) * pace, lambda activity: self._approve(one, activity)
        accepted = sent + timedelta(days=1, hours=2) * pace
        office = self.cast.actor("cluster-office", "主任")
        if one.returned:
            yield accepted, lambda activity: actions.return_to_unit(office, activity, note=one.returned)
            if one.rests == "returned":
                return
            yield (
                accepted + timedelta(days=1),
                lambda activity: actions.save_draft(
                    self._writer(one), activity, text=activity.text + "（已按意见核对）"
                ),
            )
            yield (
                accepted + timedelta(days=1, hours=1) * pace,
                lambda activity: actions.send(self._writer(one), activity),
            )
            yield accepted + timedelta(days=1, hours=4) * pace, lambda activity: self._approve(one, activity)
            accepted += timedelta(days=2) * pace
        yield accepted, lambda activity: actions.accept_and_publish(office, activity)

    def _sending(self, one: Planned) -> datetime:
        """In time: some working day up to the due one; late: after it."""
        due = add_workdays(one.last, DUE_WORKDAYS).day
        day = (
            due + timedelta(days=one.days_late)
            if one.days_late
            else one.last + timedelta(days=self.drawn.randint(0, max((due - one.last).days - 2, 0)))
        )
        at = datetime.combine(day, time(self.drawn.randint(9, 17), self.drawn.randint(0, 59)))
        return timezone.make_aware(at)

    def _pace(self, one: Planned) -> int:
        """How slowly it goes: what is a week or two old may still lie with somebody; the rest went its way quickly."""
        is_recent = one.last > self.until.date() - timedelta(days=14)
        return self.drawn.choice((1, 4, 9, 30)) if is_recent and not one.rests else 1

    def _writer(self, one: Planned):  # type: ignore[no-untyped-def]
        return self.cast.actor(one.reporter, "liaison")

    def _draft(self, one: Planned) -> Activity:
        leaders = [self.cast.posts[place] for place in one.leaders if place in self.cast.posts]
        words = f"{leaders[0].place}{leaders[0].title}{leaders[0].person.name}" if leaders else "双方负责同志"
        host, guest = (self.cast.members[key].unit_id for key in (one.host, one.guest))
        area = self.areas[one.area]
        return actions.start_draft(
            self._writer(one), self.cast.members[one.reporter], kind=one.kind, title=one.title, first_day=one.first,
            last_day=one.last, place="" if one.mode == "online" else PLACE.get(one.host, ""), mode=one.mode,
            area_id=area.pk, item=one.item, stage=one.stage, details=one.figures,
            text=one.text.replace("{leader}", words), own_next=one.own_next, other_next=one.other_next,
            units=[Part(host, "host"), Part(guest, "visitor" if one.mode == "on-site" else "attending")],
            leaders=[Leader(appointment_id=held.pk) for held in leaders],
        )  # fmt: skip

    def _approve(self, one: Planned, activity: Activity) -> Activity:
        """Mostly the office head; now and then the vice-president's secretary, marked 代录."""
        post = "secretary" if self.drawn.random() < 0.03 else "office-head"
        return actions.approve(self.cast.actor(one.reporter, post), activity)


def _in_office_hours(moment: datetime) -> datetime:
    """The same moment, or the next one at which somebody is in the office."""
    at = timezone.localtime(moment)
    if at.hour >= 18:
        at = (at + timedelta(days=1)).replace(hour=8)
    return at.replace(hour=9) if at.hour < 9 else at
