"""示例报送: enters each planned activity as its writer, signs, returns, accepts and publishes it in due time."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities import actions
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.shots import Shot
from tizhi.pipeline.activities.writing import Part
from tizhi.pipeline.calendar.queries import add_workdays
from tizhi.pipeline.scheme.models import Area

from .people import Cast
from .photos import photo
from .planning import PLACE, Planned
from .timeline import Course, on

DUE_WORKDAYS = 5


class Offices:
    """Liaisons, office heads and the cluster office at work on briefs."""

    def __init__(self, cast: Cast, today: date) -> None:
        self.cast, self.today = cast, today
        self.drawn = random.Random(2026)
        self.areas = {area.key: area for area in Area.objects.filter(cluster=cast.cluster)}

    def course(self, one: Planned) -> Course:
        """One activity from its writer's draft to its publishing."""
        pace, writer, office = self._pace(one), self._writer(one), self.cast.actor("cluster-office", "主任")
        at = self._beginning(one)
        activity: Activity = yield at, lambda: self._draft(one)
        if one.rests == "draft":
            return
        at += timedelta(minutes=40) * pace
        activity = yield at, lambda: actions.send(writer, activity)
        activity = yield at + timedelta(hours=3) * pace, lambda: self._approve(one, activity)
        at += timedelta(days=1, hours=2) * pace
        if one.returned:
            activity = yield at, lambda: actions.return_to_unit(office, activity, note=one.returned)
            if one.rests == "returned":
                return
            activity = yield at + timedelta(days=1), lambda: self._corrected(one, activity)
            activity = yield at + timedelta(days=1, hours=1), lambda: actions.send(writer, activity)
            activity = yield at + timedelta(days=1, hours=4), lambda: self._approve(one, activity)
            at += timedelta(days=2)
        yield at, lambda: actions.accept_and_publish(office, activity)

    def _beginning(self, one: Planned) -> datetime:
        """In time: some day up to the due one; late: after it."""
        due = add_workdays(one.last, DUE_WORKDAYS).day
        days = self.drawn.randint(0, max((due - one.last).days - 2, 0))
        day = due + timedelta(days=one.days_late) if one.days_late else one.last + timedelta(days=days)
        return on(day, self.drawn.randint(9, 15), self.drawn.randint(0, 59))

    def _pace(self, one: Planned) -> int:
        """How slowly it goes: what is a week or two old may still lie with somebody; the rest went its way quickly."""
        is_recent = one.last > self.today - timedelta(days=14)
        return self.drawn.choice((1, 4, 9, 30)) if is_recent and not one.rests else 1

    def _writer(self, one: Planned) -> Actor:
        return self.cast.actor(one.reporter, "liaison")

    def _draft(self, one: Planned) -> Activity:
        leaders = [self.cast.posts[place] for place in one.leaders if place in self.cast.posts]
        words = f"{leaders[0].place}{leaders[0].title}{leaders[0].person.name}" if leaders else "双方负责同志"
        host, guest = (self.cast.members[key].unit_id for key in (one.host, one.guest))
        return actions.start_draft(
            self._writer(one), self.cast.members[one.reporter], kind=one.kind, title=one.title, first_day=one.first,
            last_day=one.last, place="" if one.mode == "online" else PLACE.get(one.host, ""), mode=one.mode,
            area_id=self.areas[one.area].pk, item=one.item, stage=one.stage, details=one.figures,
            text=one.text.replace("{leader}", words), own_next=one.own_next, other_next=one.other_next,
            units=[Part(host, "host"), Part(guest, "visitor" if one.mode == "on-site" else "attending")],
            leaders=[Leader(appointment_id=held.pk) for held in leaders], photos=self._photos(one),
        )  # fmt: skip

    def _photos(self, one: Planned) -> list[Shot]:
        """A photo on every fourth activity that people came to."""
        if one.mode == "online" or self.drawn.random() > 0.25:
            return []
        picture = photo(self.drawn, one.title)
        stored = actions.upload(self._writer(one), self.cast.members[one.reporter], file=picture, kind="photo")
        return [Shot(stored.pk, "活动现场（示例图）")]

    def _corrected(self, one: Planned, activity: Activity) -> Activity:
        return actions.save_draft(self._writer(one), activity, text=f"{activity.text}（已按意见核对补充。）")

    def _approve(self, one: Planned, activity: Activity) -> Activity:
        """Mostly the office head; now and then the vice-president's secretary, marked 代录."""
        post = "secretary" if self.drawn.random() < 0.03 else "office-head"
        return actions.approve(self.cast.actor(one.reporter, post), activity)
