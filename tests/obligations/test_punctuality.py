"""及时与否: the one statement that counts a year of briefs says what the rule of each says, on both databases."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.obligations.build import at, brief, changed, since_the_start
from tests.scheme.writing import GONE
from tizhi.base.kit import clock
from tizhi.base.kit.periods import Period, parse, period_of
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.punctuality import Punctual, punctuality
from tizhi.pipeline.activities.rules import timeliness
from tizhi.pipeline.calendar.models import DayMark

FIRST, LAST = date(2026, 6, 20), date(2027, 1, 20)
UNITS = ("安徽师范大学", "阜阳师范大学")
SPANS = [parse("2026Q3"), parse("2026Q4")]
HOURS = st.times(min_value=time(0), max_value=time(23, 59, 59, 999999))


@st.composite
def moments(draw, low: date, high: date) -> datetime:
    """Any moment of those days, often one where a day begins or ends."""
    hour = draw(st.sampled_from([time(0), time(12), time(23, 59, 59), time.max]) | HOURS)
    return timezone.make_aware(datetime.combine(draw(st.dates(low, high)), hour))


@st.composite
def activities(draw) -> dict:
    last = draw(st.dates(FIRST, date(2026, 12, 31)))
    soon = last + timedelta(days=draw(st.integers(0, 16)))
    return {
        "unit": draw(st.sampled_from(UNITS)),
        "last_day": draw(st.sampled_from([last, last, last, None])),
        "created_at": draw(moments(last, soon)),
        "sent_at": draw(st.none() | moments(soon, soon)),
        "binned_at": draw(st.sampled_from([None, None, None]) | moments(last, LAST)),
    }


def one_by_one(span: Period, unit: str, asked: datetime) -> Punctual:
    """What the rule of a single brief says of each, added up."""
    day, deadlines, found, due_days = timezone.localtime(asked).date(), Deadlines(make.bnu().pk), Counter(), []
    for row in Activity.objects.filter(unit__name=unit):
        is_known = row.created_at <= asked and (row.binned_at is None or row.binned_at > asked)
        if not is_known or row.last_day is None or row.last_day not in span or row.last_day > day:
            continue
        due = deadlines.of(row.last_day)
        standing = timeliness(due, row.sent_at if row.sent_at and row.sent_at <= asked else None, day)
        found[standing.code] += 1
        due_days += [due.day] if standing.code == "open" else []
    total = sum(found.values())
    return Punctual(total, found["in-time"], found["late"], found["overdue"], min(due_days, default=None))


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(activities(), max_size=12), asked=moments(date(2026, 7, 1), LAST), is_now=st.booleans())
def test_it_counts_as_the_rule_of_each_brief_does(rows, asked, is_now):
    since_the_start()
    DayMark.objects.get_or_create(day=date(2026, 11, 11), defaults={"is_workday": False, "name": "校庆"})
    Activity.objects.all().delete()
    writer = make.liaison_of(make.unit(UNITS[0]), make.bnu())
    Activity.objects.bulk_create(
        Activity(
            cluster=make.bnu(), kind="training", title="研修", writer=writer, held_since=row["created_at"],
            first_day=row["last_day"], **{**row, "unit": make.unit(row["unit"])},
        )
        for row in rows
    )  # fmt: skip
    if is_now:
        # Nothing has been entered, and nothing lies in the bin, since a moment still to come.
        Activity.objects.filter(created_at__gt=asked).delete()
        Activity.objects.filter(binned_at__gt=asked).update(binned_at=None)
    with clock.at(asked if is_now else LAST + timedelta(days=30)):
        counted = punctuality(make.bnu().pk, SPANS, asked)
        for span in SPANS:
            for unit in UNITS:
                told = counted.get((make.unit(unit).pk, span.key), Punctual())
                assert told == one_by_one(span, unit, asked), (unit, span.key)


# Friday 6 November: in time until the end of Friday 13.
MIDNIGHT = timezone.make_aware(datetime(2026, 11, 14))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (MIDNIGHT - timedelta(microseconds=1), Punctual(total=1, in_time=1)),
        (MIDNIGHT, Punctual(total=1, late=1)),
        (MIDNIGHT + timedelta(microseconds=1), Punctual(total=1, late=1)),
    ],
    ids=["before midnight", "midnight", "after midnight"],
)
def test_what_is_sent_at_midnight_is_sent_on_the_day_after(sent, told):
    since_the_start()
    brief(date(2026, 11, 6), sent_at=sent)
    assert list(punctuality(make.bnu().pk, SPANS, clock.now()).values()) == [told]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (MIDNIGHT - timedelta(microseconds=1), Punctual(total=1, next_due=date(2026, 11, 13))),
        (MIDNIGHT, Punctual(total=1, overdue=1)),
    ],
    ids=["before midnight", "midnight"],
)
def test_what_is_not_sent_is_overdue_from_midnight_on(asked, told):
    since_the_start()
    brief(date(2026, 11, 6), state="draft")
    with clock.at(asked):
        assert list(punctuality(make.bnu().pk, SPANS, asked).values()) == [told]


@pytest.mark.django_db
def test_under_a_scheme_without_a_limit_nothing_is_late():
    since_the_start()
    changed(("briefs", GONE), ("obligation[timely-brief]", GONE), begins=date(2026, 7, 1))
    make.activity(last_day=date(2026, 8, 1), first_day=date(2026, 8, 1), sent_at=at(date(2026, 11, 1)))
    make.activity(last_day=date(2026, 8, 2), first_day=date(2026, 8, 2))
    found = punctuality(make.bnu().pk, [period_of(date(2026, 8, 1))], clock.now())
    assert list(found.values()) == [Punctual(total=2, in_time=1)]
