"""及时报送: of the activities that ended in a quarter, the share sent in time [四(四)]; without any it is 本期无."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Final

from tizhi.base.kit import words
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.punctuality import Punctual, punctuality
from tizhi.pipeline.activities.rules import timeliness

from ..finding import Finding
from ..instances import Instance
from .measure import Asked, Measure, Place, Record, in_period

NOTHING: Final = Punctual()
MOST: Final = 40


class TimelyBriefsMeasure(Measure):
    """Counts briefs in time, of a whole year in one statement."""

    kind = "timely-briefs"
    unit = "条"

    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """See `Measure`. Periods of unlike length overlap, so each length is counted for itself."""
        found: dict[str, Finding] = {}
        for every in {one.period.every for one in asked.instances if one.period}:
            # What a body of the whole cluster reports is some unit's brief: nothing is found of it.
            duties = [
                one for one in asked.instances if one.period and one.period.every == every and one.who.unit_id
            ]  # fmt: skip
            spans = sorted({one.period for one in duties if one.period})
            counted = punctuality(asked.cluster.pk, spans, asked.at)
            for one in duties:
                assert one.period and one.who.unit_id  # noqa: S101  # a scheme asks units, and by period
                found[one.key] = _finding(one, counted.get((one.who.unit_id, one.period.key), NOTHING), asked)
        return found

    def duty(self, one: Instance) -> str:
        """See `Measure`."""
        share = one.rule.evidence.share
        briefs = one.scheme.briefs
        limit = f"在结束后{briefs.due_workdays}个工作日内报送" if briefs else "及时报送"
        how_many = "全部" if share >= 1 else f"不低于{words.percent(share, 0)}的"
        return f"{one.who}{in_period(one)}结束的动态应{how_many}{limit}"

    def progress(self, one: Instance, found: Finding) -> str:
        """See `Measure`."""
        return found.note

    def how(self, one: Instance) -> list[str]:
        """See `Measure`."""
        return [
            "本单位填报、结束日期在本期内的全部动态，含草稿",
            "首次提交在期限内即为及时，之后退回修改不影响",
            "本期没有动态的，计为“本期无”",
        ]

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """See `Measure`: what is not in time first, for that is what one looks for."""
        if one.period is None:
            return []
        rows = activities.within(activities.visible_to(actor).filter(unit=one.who.unit_id, binned_at=None), one.period)
        rows = rows.filter(last_day__lte=asked.day, created_at__lte=asked.at)
        deadlines = Deadlines(asked.cluster.pk)
        told = [
            Record(row.last_day, str(row), "activities:show", (row.pk,), _why_not(row, deadlines, asked))
            for row in rows.order_by("last_day", "pk")[: MOST * 5]
        ]
        return sorted(told, key=lambda record: not record.why_not)[:MOST]

    def place(self, one: Instance) -> Place | None:
        """See `Measure`."""
        return Place("报送动态", "activities:new")


def _why_not(row: Activity, deadlines: Deadlines, asked: Asked) -> str:
    """How it stood to its deadline on the day asked for; nothing when it was sent in time."""
    due = deadlines.of(row.last_day)
    sent_at = row.sent_at if row.sent_at and row.sent_at <= asked.at else None
    if due is None:
        return "" if sent_at else "未报送"
    found = timeliness(due, sent_at, asked.day)
    words_of = {"in-time": "", "late": f"{found.words}报送"}
    return words_of.get(found.code, f"未报送，{found.words}")


def _finding(one: Instance, counted: Punctual, asked: Asked) -> Finding:
    assert one.period  # noqa: S101
    share = Fraction(one.rule.evidence.share).limit_denominator(1000)
    is_over = one.period.last < asked.day
    if counted.total == 0:
        return Finding(is_nil=is_over, is_still_open=True, note="没有动态" if is_over else "尚无动态")
    needed = ceil(share * counted.total)
    possible = counted.in_time + counted.open
    # While the period runs more may come, all of them in time; only a whole share is lost with the first.
    is_lost = possible < needed and (is_over or share >= 1)
    return Finding(
        done=counted.in_time,
        needed=needed,
        on=one.period.last,
        is_lost=is_lost,
        is_past_help=is_lost and counted.open + counted.overdue == 0,
        is_still_open=not is_over,
        next_due=counted.next_due,
        note=_told(counted),
    )


def _told(counted: Punctual) -> str:
    """已知4条，及时3条，逾期1条."""
    more = (("逾期报送", counted.late), ("逾期未报", counted.overdue), ("待报送", counted.open))
    return f"已知{counted.total}条，及时{counted.in_time}条" + "".join(f"，{name}{n}条" for name, n in more if n)
