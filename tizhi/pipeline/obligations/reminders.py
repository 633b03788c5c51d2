"""提醒: who is told about an open duty, on which days of the scheme; once each, then a step higher, never when done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from tizhi.base.kit import clock, words
from tizhi.base.notices import queries as notices
from tizhi.base.notices.models import Notice
from tizhi.base.notices.telling import Message, Recipient
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import in_office
from tizhi.pipeline.scheme.entries import ObligationEntry
from tizhi.pipeline.scheme.models import Cluster

from .ledger import Ledger, Line

KIND: Final = "reminder"
# What became due long before anybody looked – a ledger just taken into use – is shown, and told to nobody.
CATCH_UP: Final = 14
LIAISON, HEAD, OFFICE = range(3)


@dataclass(frozen=True)
class Stage:
    """One of the scheme's days: so many days before or after the due day, and how high it is told.

    Where nobody holds the posts of its rung the next higher hears of it, up to `highest`.
    """

    code: str
    told: str
    rung: int
    highest: int = OFFICE


def stage_of(rule: ObligationEntry, due: date | None, today: date) -> Stage | None:
    """The last stage that has come on `today`; None before the first, and long after the last."""
    if due is None:
        return None
    left = (due - today).days
    if left >= 0:
        reached = [days for days in rule.remind if left <= days]
        return Stage(f"remind-{min(reached)}", f"到期前{min(reached)}天自动提醒", LIAISON) if reached else None
    passed = [days for days in sorted(rule.escalate) if days <= -left <= days + CATCH_UP]
    if not passed:
        return None
    rung = min(sorted(rule.escalate).index(passed[-1]) + HEAD, OFFICE)
    return Stage(f"escalate-{passed[-1]}", f"逾期{passed[-1]}天自动上报", rung)


def urged(day: date) -> Stage:
    """The office's own word of one day: to the liaison and the office head; it does not urge itself in their place."""
    return Stage(f"urge-{day.isoformat()}", "大组团办公室催办", HEAD, highest=HEAD)


@dataclass(frozen=True)
class Reminder:
    """What one person is told about one line."""

    line: Line
    stage: Stage
    recipient: Recipient

    def key(self, cluster: Cluster) -> str:
        """The occasion: this line at this stage."""
        return f"{key_of(cluster, self.line)}{self.stage.code}"

    def message(self, cluster: Cluster) -> Message:
        """The notice: the rule and how far it is, the sentence, and the place of the line in the ledger."""
        line = self.line
        about = f"{line.rule.name}（{line.toward or line.who.called}）" if line.toward else line.rule.name
        return Message(
            key=self.key(cluster),
            kind=KIND,
            title=f"{about}，{words.distance(line.due, line.today)}" if line.due else about,
            text=f"{line.sentence}\n{self.stage.told}。",
            url_name="obligations:cell",
            url_args=(line.year, line.rule.id, line.column),
            cluster_id=cluster.pk,
        )


def key_of(cluster: Cluster, line: Line) -> str:
    """What the keys of all notices about a line begin with."""
    return f"ledger|{cluster.pk}|{line.key}|"


def told_about(cluster: Cluster, line: Line, until: date | None = None) -> QuerySet[Notice]:
    """Everybody who was told about a line – by the end of the day `until` – with how it went."""
    told = notices.of_key(key_of(cluster, line))
    return told if until is None else told.filter(at__date__lte=until)


def upcoming(line: Line) -> list[str]:
    """The stages still to come, in words: 12月1日将自动提醒（到期前30天）."""
    if line.due is None or not line.waits:
        return []
    days = [(line.due - timedelta(days=n), f"到期前{n}天") for n in sorted(line.rule.remind, reverse=True)]
    days += [(line.due + timedelta(days=n), f"逾期{n}天") for n in sorted(line.rule.escalate)]
    year = line.today.year
    return [f"{words.day(day, year)}将自动提醒（{told}）" for day, told in days if day > line.today]


def due_now(ledger: Ledger) -> list[Reminder]:
    """What the scheme's days ask for today, for every open line; whoever was told before is told by `tell` no more."""
    staged = [
        (line, stage) for line in ledger.lines if line.waits and (stage := stage_of(line.rule, line.due, ledger.as_of))
    ]
    return reminders(ledger.cluster, staged)


def reminders(cluster: Cluster, staged: Iterable[tuple[Line, Stage]]) -> list[Reminder]:
    """Who hears of each line at its stage; two queries for any number of lines."""
    staged = list(staged)
    if not staged:
        return []
    held = _Held(cluster)
    return [
        Reminder(line, stage, recipient)
        for line, stage in staged
        for recipient in held.of(line, stage)
    ]  # fmt: skip


class _Held:
    """Who may be told, by unit and body: liaisons, office heads, those who sit in bodies, the cluster office."""

    def __init__(self, cluster: Cluster) -> None:
        self._by_unit: dict[tuple[int, int], list[Appointment]] = defaultdict(list)
        self._by_body: dict[int, list[Appointment]] = defaultdict(list)
        self._office: list[Appointment] = []
        for held in in_office(cluster.pk):
            if held.holds_on(clock.today()) and held.person.is_open:
                self._sort_in(held)

    def _sort_in(self, held: Appointment) -> None:
        powers = set(held.powers)
        if held.seat_id and held.seat:
            self._by_body[held.seat.body_id].append(held)
        if held.post_id and held.unit_id and "people-unit" in powers:
            self._by_unit[held.unit_id, HEAD if "approve-unit" in powers else LIAISON].append(held)
        if "secretariat" in powers:
            self._office.append(held)

    def of(self, line: Line, stage: Stage) -> list[Recipient]:
        """Everybody up to the rung of `stage`; where nobody can be found there, the next one higher as well."""
        found: list[Appointment] = []
        for step in range(stage.highest + 1):
            here = self._at(line, step)
            found += here
            if here and step >= stage.rung:
                break
        return _once(found)

    def _at(self, line: Line, rung: int) -> Sequence[Appointment]:
        if rung == OFFICE:
            return self._office
        if line.who.body_id and rung == LIAISON:
            sitting = self._by_body[line.who.body_id]
            return [held for held in sitting if set(held.powers) - {"read-cluster"}] or sitting
        return self._by_unit[line.who.unit_id, rung] if line.who.unit_id else ()


def _once(held: Iterable[Appointment]) -> list[Recipient]:
    """Each person once, in the first post met."""
    found: dict[int, Recipient] = {}
    for one in held:
        person = one.person
        found.setdefault(
            person.pk,
            Recipient(
                person_id=person.pk,
                name=person.name,
                user_id=person.user_id if person.is_open else None,
                email=person.email,
                post_words=f"{one.place}{one.post_name}",
            ),
        )
    return list(found.values())


def new_ones(cluster: Cluster, given: Sequence[Reminder]) -> list[Reminder]:
    """Those that were not told yet; one query."""
    told = notices.told({one.key(cluster) for one in given})
    return [one for one in given if (one.key(cluster), one.recipient.person_id) not in told]


def by_line(given: Iterable[Reminder]) -> Mapping[str, list[Reminder]]:
    """Reminders by the line they are about, in order."""
    found: dict[str, list[Reminder]] = {}
    for one in given:
        found.setdefault(one.line.key, []).append(one)
    return found
