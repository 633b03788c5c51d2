"""开展活动: activities of a kind, in a mode and stage, with a leader in a post on that day [四(五)2].

An activity belongs to the period its last day lies in. A visit on site counts where the school is the host. Whoever
held the post on a day of the activity counts, whatever post he has now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import attrgetter, itemgetter, or_
from typing import Any, Final

from django.db.models import Q

from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.kinds import KINDS
from tizhi.pipeline.activities.models import Activity, ActivityLeader, ActivityUnit
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import held_lately, lately
from tizhi.pipeline.scheme import terms as said
from tizhi.pipeline.scheme.entries import Evidence

from ..finding import Finding
from ..instances import Instance
from .behind import looked_at
from .measure import Asked, Measure, Place, Record, at_least, in_period, late_words

COUNTED: Final = (Activity.State.ACCEPTED, Activity.State.PUBLISHED)
ON_SITE: Final = Activity.Mode.ON_SITE
# More are not told apart: 10次以上.
MOST: Final = 10
# So many rows of a period are read before anybody asks for all of them.
FIRST: Final = 300

Row = tuple[int, int, int, date, date]
_SPECIFIC: Final = {"paired-school": 0, "each-supported-school": 1, "any-supported-school": 2, None: 3}


@dataclass(frozen=True)
class Found:
    """One activity that fits a rule: who went, to which school, when it ended."""

    activity: int
    who: int
    school: int | None
    day: date


class ActivityMeasure(Measure):
    """Counts activities; one query for each evidence that rules ask for."""

    kind = "activity"

    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """See `Measure`. A body of the whole cluster stands in no unit, so in no activity: nothing is found of it."""
        by_evidence: dict[Evidence, list[Instance]] = defaultdict(list)
        for one in asked.instances:
            if one.who.unit_id:
                by_evidence[one.rule.evidence].append(one)
        found: dict[str, Finding] = {}
        for evidence, duties in by_evidence.items():
            found |= _shared_out(duties, _fitting(asked, evidence, duties))
        return found

    def duty(self, one: Instance) -> str:
        """See `Measure`."""
        evidence = one.rule.evidence
        who = f"{one.who}{one.scheme.post(evidence.post).name if evidence.post else ''}"
        return f"{who}{in_period(one)}应{at_least(one)}{_verb(one)}"

    def progress(self, one: Instance, found: Finding) -> str:
        """See `Measure`."""
        more = "以上" if found.done >= MOST else ""
        return f"已完成{found.done}次{more}" + (f"（{found.note}）" if found.note else "")

    def how(self, one: Instance) -> list[str]:
        """See `Measure`."""
        evidence = one.rule.evidence
        points = [f"大组团办公室已接收的“{KINDS[evidence.activity or 'other'].label}”动态，按结束日期归期"]
        if evidence.post:
            points.append(f"到场者活动当日任{one.who}{one.scheme.post(evidence.post).name}")
        if evidence.mode:
            points.append({"on-site": "现场进行，不含线上", "online": "线上进行"}.get(evidence.mode, "线上线下结合"))
        if evidence.stage:
            points.append(f"调研阶段为“{said.STUDY_ROUNDS[evidence.stage]}”")
        if one.schools:
            part = "由该校承办（受访）" if evidence.mode == "on-site" else "该校参加"
            points.append(f"对象为{one.toward or '组团内任意一所重点支持院校'}，{part}")
        return points

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """See `Measure`."""
        return looked_at(one, frozenset(found.records), asked, activities.visible_to(actor))

    def place(self, one: Instance) -> Place | None:
        """See `Measure`."""
        return Place("报送动态", "activities:new", query={"kind": one.rule.evidence.activity or "other"})


def _verb(one: Instance) -> str:
    evidence, toward = one.rule.evidence, str(one.toward or ("组团内一所重点支持院校" if one.schools else ""))
    mode = {"on-site": "实地", "online": "线上"}.get(evidence.mode or "", "")
    if evidence.activity == "field-study" and not evidence.stage:
        return f"{mode}调研{toward}"
    kind = said.STUDY_ROUNDS.get(evidence.stage or "") or KINDS[evidence.activity or "other"].label
    free = "" if evidence.mode else "（线上、线下均可）"
    return f"对{toward}开展{mode}{kind}{free}" if toward else f"开展{mode}{kind}{free}"


# What fits a rule


def _fitting(asked: Asked, evidence: Evidence, duties: list[Instance]) -> dict[str, list[Found]]:
    """What fits each duty; whether a school was there is asked only where a duty is owed to one."""
    found: dict[str, list[Found]] = {}
    for toward_school in (True, False):
        if alike := [one for one in duties if bool(one.rule.toward) == toward_school]:
            rows = fits(asked, evidence, alike)
            found |= {one.key: _of(one, rows) for one in alike}
    return found


def fits(asked: Asked, evidence: Evidence, duties: Iterable[Instance]) -> list[Found]:
    """The activities that fit `evidence` for any of `duties`; of each who, school and period the first few.

    Few hold a post, so what they attended is read at once. Else a period is read from its start, and no further than
    its duties need: one query for each period, a second one for those that have too few among hundreds.
    """
    duties = list(duties)
    if evidence.post:
        return _Reader(asked, evidence, duties).first_few()
    found: list[Found] = []
    by_period: dict[Period | None, list[Instance]] = defaultdict(list)
    for one in duties:
        by_period[one.period].append(one)
    for alike in by_period.values():
        reader = _Reader(asked, evidence, alike)
        first = reader.first_few(FIRST)
        if reader.is_cut and (lacking := reader.lacking(first)):
            first += _Reader(asked, evidence, lacking).first_few()
        found += first
    return list(dict.fromkeys(sorted(found, key=attrgetter("day", "activity"))))


class _Reader:
    """Reads the activities that fit duties which ask for the same evidence."""

    def __init__(self, asked: Asked, evidence: Evidence, duties: list[Instance]) -> None:
        self.asked, self.evidence, self.duties = asked, evidence, duties
        self.units = {one.who.unit_id for one in duties if one.who.unit_id}
        self.schools = {school.unit_id for one in duties for school in one.schools}
        self.terms = _terms(asked, evidence, self.units, _days(duties)[0]) if evidence.post else []
        self.spans = sorted({one.period for one in duties if one.period})
        self.is_cut = False
        # Room for what another duty of the same evidence uses up.
        self.rivals = sum({one.rule.id: one.rule.count for one in duties}.values())

    def _read(self, most: int | None) -> list[Row]:
        """Activity, school, who, first and last day, in the order of the days; the first `most`."""
        if self.evidence.post and not self.terms:
            return []
        fitting = _of_evidence(self.asked, self.evidence, self.duties)
        fitting &= _with_leader(self.terms) if self.evidence.post else Q(activity__units__unit__in=self.units)
        if self.schools:
            fitting &= Q(unit__in=self.schools)
            if self.evidence.mode == ON_SITE:
                fitting &= Q(part=ActivityUnit.Part.HOST)
        who = "activity__leaders__person" if self.evidence.post else "activity__units__unit"
        rows = ActivityUnit.objects.filter(fitting).order_by("activity__last_day")
        days = ("activity__first_day", "activity__last_day")
        return list(rows.values_list("activity_id", "unit_id", who, *days)[:most])

    def first_few(self, most: int | None = None) -> list[Found]:
        """The first of each who, school and period, out of the first `most`; `is_cut` says that there may be more.

        Whoever held the post that day stands for the unit.
        """
        rows = self._read(most)
        self.is_cut = len(rows) == most
        seen: Counter[tuple[int, int, int]] = Counter()
        found: dict[Found, None] = {}
        for activity, school, who, first, last in sorted(rows, key=itemgetter(4, 0)):
            period = next((place for place, span in enumerate(self.spans) if last in span), -1)
            place = (school if self.schools else 0, who, period)
            if seen[place] >= MOST + self.rivals:
                continue
            seen[place] += 1
            for unit in [one.unit for one in self.terms if one.covers(who, first, last)] if self.terms else (who,):
                found[Found(activity, unit, school if self.schools else None, last)] = None
        return list(found)

    def lacking(self, found: list[Found]) -> list[Instance]:
        """The duties that have not enough yet, if the others used up what they may."""
        return [one for one in self.duties if len(_of(one, found)) < one.rule.count + self.rivals]


@dataclass(frozen=True)
class Term:
    """A time in which somebody held the post of a unit."""

    person: int
    unit: int
    begins: date | None
    ends: date | None

    def covers(self, person: int, first: date, last: date) -> bool:
        """Whether it is this person's and holds on a day of first–last."""
        begun = self.begins is None or self.begins <= last
        return self.person == person and begun and (self.ends is None or self.ends >= first)


def _terms(asked: Asked, evidence: Evidence, units: Collection[int], since: date) -> list[Term]:
    """Whoever held the post in one of `units` since then; read apart, for a join over terms would be planned badly."""
    if since >= lately():
        held = [one for one in held_lately(asked.cluster.pk) if one.post and one.post.key == evidence.post]
    else:
        held = list(Appointment.objects.filter(cluster=asked.cluster, post__key=evidence.post).order_by("pk"))
    return [
        Term(one.person_id, one.unit_id, one.begins, one.ends) for one in held if one.unit_id and one.unit_id in units
    ]


def _with_leader(terms: list[Term]) -> Q:
    """A holder of the post was there, who held it on a day of the activity [四(五)2]."""
    people = {term.person for term in terms}
    # Said twice on purpose: few have the post, so that the database begins with them and not with every visit.
    theirs = ActivityLeader.objects.filter(person__in=people).values("activity")
    return reduce(or_, (_there(term) for term in terms), Q()) & Q(activity__in=theirs)


def _there(term: Term) -> Q:
    there = Q(activity__leaders__person=term.person)
    if term.begins:
        there &= Q(activity__last_day__gte=term.begins)
    if term.ends:
        there &= Q(activity__first_day__lte=term.ends)
    return there


def _of_evidence(asked: Asked, evidence: Evidence, duties: list[Instance]) -> Q:
    wanted: dict[str, Any] = {"kind": evidence.activity, "cluster": asked.cluster, "state__in": COUNTED}
    wanted |= {"binned_at__isnull": True, "accepted_at__lte": asked.at}
    wanted |= {name: value for name, value in (("mode", evidence.mode), ("stage", evidence.stage)) if value}
    first, last = _days(duties)
    wanted |= {"last_day__range": (max(first, asked.cluster.starts), min(last, asked.day))}
    return Q(**{f"activity__{name}": value for name, value in wanted.items()})


def _days(duties: list[Instance]) -> tuple[date, date]:
    spans = [(one.period.first, one.period.last) if one.period else (date.min, date.max) for one in duties]
    return min(first for first, _ in spans), max(last for _, last in spans)


def _of(one: Instance, rows: Iterable[Found]) -> list[Found]:
    """Those of `rows` that are of this duty; an activity at two schools counts once."""
    schools = {school.unit_id for school in one.schools}
    fitting: dict[int, Found] = {}
    for row in rows:
        is_there = row.school in schools if schools else not one.rule.toward
        in_time = one.period is None or row.day in one.period
        if is_there and in_time and row.who == one.who.unit_id and row.school != row.who:
            fitting.setdefault(row.activity, row)
    return list(fitting.values())


# One activity for several duties


def _shared_out(duties: list[Instance], fitting: Mapping[str, list[Found]]) -> dict[str, Finding]:
    """Among duties of one unit that ask for the very same evidence, an activity counts for the most specific one.

    What that one does not need is left for the others; rules that name each other in `also_counts_for` share.
    """
    used: dict[int, list[tuple[int, Instance]]] = defaultdict(list)
    found: dict[str, Finding] = {}
    for one in sorted(duties, key=lambda duty: _SPECIFIC[duty.rule.toward]):
        free = [row for row in fitting[one.key] if not _is_used(row, one, used)]
        for row in free[: one.rule.count]:
            used[row.activity].append((row.who, one))
        found[one.key] = _finding(one, free)
    return found


def _is_used(row: Found, one: Instance, used: Mapping[int, list[tuple[int, Instance]]]) -> bool:
    return any(who == row.who and not _share(one, other) for who, other in used[row.activity])


def _share(one: Instance, other: Instance) -> bool:
    """Two duties of one rule (toward two schools visited at once) share; of two rules, those that say so."""
    same = one.rule.id == other.rule.id
    return same or other.rule.id in one.rule.also_counts_for or one.rule.id in other.rule.also_counts_for


def _finding(one: Instance, rows: list[Found]) -> Finding:
    needed = one.rule.count
    made = Finding(
        done=min(len(rows), max(MOST, needed)), needed=needed, records=tuple(row.activity for row in rows[:MOST])
    )
    if len(rows) < needed:
        return made
    on = rows[needed - 1].day
    return replace(made, on=on, note=late_words(on, one))
