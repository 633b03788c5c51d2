"""台账的查询: the ledger of a cluster for a year or as it presses now, as of any day, narrowed to who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from django.utils import timezone

from tizhi.base.kit import clock, memory
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.calendar.queries import workdays
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.terms import ROLES
from tizhi.pipeline.scheme.who import colleague

from .finding import Excuse, Finding
from .instances import Ground, Instance, SchemeOn, Span, instances, periods_now, periods_of_year
from .ledger import Column, Ledger, Line
from .measures import MEASURES
from .measures.measure import Asked, Record
from .roster import Party, RowsRoster
from .rules import State, state_of

# The heads of the board, in the order of the plan; a unit stands under the first that fits.
_GROUPS = (
    ("partner", ROLES["partner"]), ("lead", ROLES["lead"]), ("supported", ROLES["supported"]),
    ("university", "其他院校"), ("department", "省级教育行政部门"), ("ministry", "教育部"),
)  # fmt: skip
OF_CLUSTER = "组团"


# The whole ledger


def of_year(cluster: Cluster, year: int, as_of: date | None = None) -> Ledger:
    """Every duty of `year`, and those owed once, as things stood and were known at the end of `as_of`."""
    day = as_of or clock.today()
    return _ledger(cluster, Span(periods_of_year(cluster.starts, cluster.ends, year, day)), day)


def of_now(cluster: Cluster) -> Ledger:
    """What presses today: the running periods, the ones just ended, and what is owed once. Read once in a request."""
    day = clock.today()
    return memory.once(
        ("ledger", cluster.pk, day),
        lambda: _ledger(cluster, Span(periods_now(cluster.starts, cluster.ends, day)), day),
    )


def lines_of(cluster: Cluster, keys: Collection[str]) -> list[Line]:
    """The lines of these keys as they stand today, of whatever year; what is no key of the cluster is left out."""
    found = {line.key: line for line in of_now(cluster).lines if line.key in keys}
    older = {_year_of(key) for key in set(keys) - found.keys()}
    for year in (one for one in years(cluster) if one in older):
        found |= {line.key: line for line in of_year(cluster, year).lines if line.key in keys}
    return list(found.values())


def _year_of(key: str) -> int | None:
    """The year of the period a key ends with; None of what is owed once."""
    year = key.rpartition("|")[2][:4]
    return int(year) if year.isascii() and year.isdecimal() else None


def years(cluster: Cluster, as_of: date | None = None) -> list[int]:
    """The years that have a ledger, the latest first; none after the cluster has ended."""
    last = min(as_of or clock.today(), cluster.ends or date.max).year
    return list(range(last, cluster.starts.year - 1, -1))


def _ledger(cluster: Cluster, span: Span, day: date) -> Ledger:
    is_now = day >= clock.today()
    at = _moment(day)
    roster = RowsRoster(cluster, day)
    duties = instances(span, Ground(_scheme_on(cluster, at), roster, workdays(), cluster.starts, day, is_now))
    found = _findings(cluster, at, day, duties)
    excused = _excused(cluster, at)
    lines = [_line(one, found.get(one.key), excused.get(one.key), day) for one in duties]
    known_since = first_known(cluster)
    lines = [line for line in lines if _is_told(line, known_since)]
    return Ledger(cluster, day, lines, _columns(lines, roster, day))


def _moment(day: date) -> datetime:
    """The moment up to which things are known as of `day`: its last one, or now."""
    return clock.now() if day >= clock.today() else timezone.make_aware(datetime.combine(day, time.max))


def _is_told(line: Line, known_since: date) -> bool:
    """Of a period that ended before the platform knew the cluster, only what there is evidence of: it asks nothing."""
    period, found = line.instance.period, line.finding
    return period is None or period.last >= known_since or bool(found and (found.done or found.excused))


def _scheme_on(cluster: Cluster, at: datetime) -> SchemeOn:
    """The scheme in force on a day, as far as it was known at the moment `at`."""
    known = [one for one in schemes.versions_of(cluster) if one.applied_at <= at] or schemes.versions_of(cluster)[:1]

    def scheme_on(day: date) -> Scheme:
        version = next((one for one in reversed(known) if one.begins <= day), known[0])
        return schemes.scheme_of(version)

    return scheme_on


def _findings(cluster: Cluster, at: datetime, day: date, duties: Iterable[Instance]) -> dict[str, Finding]:
    by_kind: dict[str, list[Instance]] = defaultdict(list)
    for one in duties:
        by_kind[one.rule.evidence.kind].append(one)
    found: dict[str, Finding] = {}
    for kind, asked in by_kind.items():
        if measure := MEASURES.get(kind):
            found |= measure.findings(Asked(cluster, at, day, asked))
    return found


def _excused(cluster: Cluster, at: datetime) -> dict[str, Excuse]:
    return {
        one.instance: Excuse(one.words, one.reason, timezone.localtime(one.at).date())
        for one in filings.waivers_known(cluster, at)
    }


def _line(one: Instance, found: Finding | None, excuse: Excuse | None, day: date) -> Line:
    if excuse:
        found = replace(found or Finding(), excused=excuse)
    state = state_of(one.rule, found, one.due_day, day)
    return Line(one, state, found, MEASURES.get(one.rule.evidence.kind), day)


def _columns(lines: Iterable[Line], roster: RowsRoster, day: date) -> list[Column]:
    """Every unit that owes something, itself or in an office of its own, under the head of its role; then bodies.

    Who left the cluster since keeps its column, under the name and role it had.
    """
    owing: dict[str, Party] = {}
    for line in lines:
        if line.column not in owing or owing[line.column].is_body:
            owing[line.column] = line.who
    here = [unit for unit in roster.units(day) if unit.key in owing]
    known = {unit.key for unit in here}
    columns = [Column(one.key, one.called, _group(one.kinds)) for one in here]
    columns += [
        Column(key, one.called, OF_CLUSTER if one.is_body else _group(one.kinds))
        for key, one in owing.items()
        if key not in known
    ]
    order = [name for _, name in _GROUPS] + [OF_CLUSTER]
    return sorted(columns, key=lambda column: order.index(column.group))


def _group(kinds: frozenset[str]) -> str:
    return next((name for kind, name in _GROUPS if kind in kinds), OF_CLUSTER)


# Narrowed to who asks


def visible_year(actor: Actor, year: int, as_of: date | None = None) -> Ledger | None:
    """The ledger of the actor's cluster, with the lines the actor may see; None where there is none for it."""
    cluster = schemes.clusters_visible_to(actor).first()
    return of_year(cluster, year, as_of).only(_sees(actor)) if cluster else None


def visible_now(actor: Actor, cluster: Cluster) -> Ledger:
    """What presses now, with the lines the actor may see; none of a cluster that is not the actor's."""
    is_theirs = colleague(actor, cluster) and actor.cluster_id == cluster.pk
    return of_now(cluster).only(_sees(actor) if is_theirs else lambda line: False)


def _sees(actor: Actor) -> Callable[[Line], bool]:
    """Lines of the units the actor reads, on either side; those of the whole cluster's bodies are everybody's.

    No school reads how another one stands; who reads the cluster reads all units [I3].
    """
    return lambda line: bool(line.units & actor.reads) or (line.who.is_body and line.who.unit_id is None)


def owed_by(ledger: Ledger, units: Iterable[int]) -> Ledger:
    """What these units owe themselves, their own offices included."""
    owing = set(units)
    return ledger.only(lambda line: line.who.unit_id in owing)


def owed_by_body(ledger: Ledger, body: int) -> Ledger:
    """What a body owes."""
    return ledger.only(lambda line: line.who.body_id == body)


def behind(actor: Actor, ledger: Ledger, line: Line) -> list[Record]:
    """What was looked at for one line, as far as the actor may see it."""
    if line.measure is None or line.finding is None:
        return []
    asked = Asked(ledger.cluster, _moment(ledger.as_of), ledger.as_of, [line.instance])
    return line.measure.records(line.instance, line.finding, asked, actor)


def waiver_of(ledger: Ledger, line: Line) -> Waiver | None:
    """The decision that excuses from a line now."""
    return filings.waivers_in_force(ledger.cluster).filter(instance=line.key).first()


def waivable(line: Line) -> bool:
    """Whether somebody can still be excused: what is done, or excused already, needs it no more."""
    return line.state.is_open


def first_known(cluster: Cluster) -> date:
    """Since when the platform has known the cluster: the day its first scheme was applied."""
    return timezone.localtime(schemes.versions_of(cluster)[0].applied_at).date()


def pressing(ledger: Ledger, most: int | None = None) -> Sequence[Line]:
    """What is late or soon late and can still be helped, the most urgent first."""
    found = [line for line in ledger.in_state(State.LATE, State.SOON) if line.waits]
    return found if most is None else found[:most]
