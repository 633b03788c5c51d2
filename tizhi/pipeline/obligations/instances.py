"""履约事项: every duty that a cluster's rules make – rule × responsible × toward × period. Computed, never stored.

A duty of a period follows the scheme in force at the period's end; the first period is the first full one after the
cluster's start. Who owes and to whom is what holds on the period's last day – or, asked as of an earlier day, what held
on that day, for nobody knew more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tizhi.base.kit.periods import Period, since
from tizhi.pipeline.calendar.rules import Deadline, Workdays
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.entries import ObligationEntry

from .roster import Party, Roster

ONCE = "once"
JUST_OVER = timedelta(days=92)  # as long as the longest quarter: the last quarter always is
EVERY = ("quarter", "half-year", "year")
SchemeOn = Callable[[date], Scheme]


@dataclass(frozen=True)
class Instance:
    """One duty: whom `rule` asks for its evidence, toward whom, in which period (None: once), by when.

    `schools` are those a duty toward any one of them may be met at.
    """

    rule: ObligationEntry
    scheme: Scheme
    who: Party
    toward: Party | None
    period: Period | None
    due: Deadline | None
    schools: tuple[Party, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other duty of the cluster, and stays the same from day to day."""
        toward = self.toward.key if self.toward else ""
        return f"{self.rule.id}|{self.who.key}|{toward}|{self.period.key if self.period else ''}"

    @property
    def due_day(self) -> date | None:
        """The last day on which it is in time."""
        return self.due.day if self.due else None


@dataclass(frozen=True)
class Span:
    """Which duties are asked for: the periods, and whether those owed once belong to them."""

    periods: Sequence[Period]
    once: bool = True


def periods_of_year(starts: date, ends: date | None, year: int, as_of: date) -> list[Period]:
    """Every full period of `year` that has begun by `as_of`, while there is a cluster."""
    until = min(as_of, date(year, 12, 31))
    return [one for one in _full(starts, ends, until) if one.first.year == year]


def periods_now(starts: date, ends: date | None, as_of: date) -> list[Period]:
    """What somebody may still have to do: every period that runs on `as_of`, and the last one of its length while it
    is just over. What is older stands in the ledger of its year.
    """
    found = _full(starts, ends, as_of)
    return [one for one in found if as_of in one or (as_of in one.shifted(1) and as_of - one.last <= JUST_OVER)]


def _full(starts: date, ends: date | None, until: date) -> list[Period]:
    found = [one for every in EVERY for one in since(starts, until, every)]
    return [one for one in found if ends is None or one.last <= ends]


@dataclass(frozen=True)
class Ground:
    """What duties are made from: the scheme of each day, who belongs to the cluster, the calendar, the first day.

    `as_of` is the day asked for; `is_now` says that it is today, and so everything to come is known as far as ever.
    """

    scheme_on: SchemeOn
    roster: Roster
    calendar: Workdays
    starts: date
    as_of: date
    is_now: bool = True


def instances(span: Span, ground: Ground) -> list[Instance]:
    """All duties of `span`, in the order of the rules."""
    found: list[Instance] = []
    for period in span.periods:
        day = period.last if ground.is_now else min(period.last, ground.as_of)
        scheme = ground.scheme_on(period.last)
        found += _of_rules(
            [rule for rule in scheme.obligations if rule.every == period.every], scheme, period, ground, day
        )
    scheme = ground.scheme_on(ground.as_of)
    if span.once and ground.starts <= ground.as_of:
        found += _of_rules([one for one in scheme.obligations if one.once], scheme, None, ground, ground.as_of)
    order = {rule.id: place for place, rule in enumerate(scheme.obligations)}
    return sorted(found, key=lambda one: order.get(one.rule.id, len(order)))


def _of_rules(
    rules: Iterable[ObligationEntry], scheme: Scheme, period: Period | None, ground: Ground, day: date
) -> Iterator[Instance]:
    for rule in rules:
        for who in ground.roster.parties(rule.who, day):
            for toward, schools in _toward(rule, who, ground.roster, day):
                # Who came later than the cluster began has as long as the others had.
                since = max(one for one in (ground.starts, who.since, toward.since if toward else None) if one)
                due = None if period is None and rule.due is None else ground.calendar.due(rule.due, period, since)
                yield Instance(rule, scheme, who, toward, period, due, tuple(schools))


def _toward(
    rule: ObligationEntry, who: Party, roster: Roster, day: date
) -> Iterator[tuple[Party | None, Sequence[Party]]]:
    """One duty for each school it is owed to; toward any one of several, or nobody, it is one."""
    if rule.toward is None:
        yield None, ()
    elif rule.toward == "any-supported-school":
        yield None, roster.supported(day)
    else:
        schools = roster.schools_of(who, day) if rule.toward == "paired-school" else roster.supported(day)
        for school in schools:
            yield school, (school,)
