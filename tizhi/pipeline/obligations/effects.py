"""方案对台账的影响: which duties a text would add, take away or change, were it put in force; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from tizhi.base.kit import clock, words
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import scheme_of, versions_of

from . import queries, sentences
from .declaring import Identity, Reach, duties, identity_of
from .instances import Instance

NAMED: Final = 3  # examples named; of more 等12项
MOST: Final = 300_000  # larger than any cluster: not compared duty by duty
# What the evidence of a kind rests on elsewhere in the scheme.
_RESTS_ON: Final[Mapping[str, Callable[[Scheme], Any]]] = {
    "timely-briefs": lambda scheme: scheme.briefs and scheme.briefs.due_workdays,
    "contacts": lambda scheme: scheme.contacts and scheme.contacts.posts,
    "consultations-answered": lambda scheme: scheme.consultations and scheme.consultations.answer_workdays,
    "report": lambda scheme: scheme.reports and scheme.reports.to,
}


@dataclass(frozen=True)
class RuleEffect:
    """What becomes of the duties of one rule: those that come, those that go, those that change, by what changes."""

    name: str
    added: Sequence[Instance] = ()
    removed: Sequence[Instance] = ()
    changed: Mapping[str, Sequence[Instance]] = field(default_factory=dict)

    @property
    def clauses(self) -> list[str]:
        """新增1项（西北师范大学→阿坝师范学院，2026年）; 期限由2026年12月31日改为2027年1月31日，4项（…）."""
        found = [f"{verb}{_named(these)}" for verb, these in (("新增", self.added), ("取消", self.removed)) if these]
        return found + [f"{what}，{_named(these)}" for what, these in self.changed.items()]

    def __str__(self) -> str:
        return f"{self.name}：{'；'.join(self.clauses)}"


@dataclass(frozen=True)
class Effects:
    """The effects of a version rule by rule. `kept` of the duties that go have evidence or a waiver already.

    `passed` of those that come or change were due before anybody could know it. None of `rules` is there where the
    scheme is too large to compare.
    """

    begins: date
    is_first: bool
    rules: Sequence[RuleEffect] = ()
    kept: int = 0
    passed: int = 0
    is_too_large: bool = False

    @property
    def head(self) -> str:
        """台账：新增12项、取消4项、改变3项."""
        if self.is_too_large:
            return "台账：方案很大，未逐项比较"
        counts = (
            ("新增", sum(len(one.added) for one in self.rules)),
            ("取消", sum(len(one.removed) for one in self.rules)),
            ("改变", sum(len(these) for one in self.rules for these in one.changed.values())),
        )
        told = "、".join(f"{verb}{count}项" for verb, count in counts if count)
        return f"台账：{told or '没有变化'}"

    @property
    def notes(self) -> list[str]:
        """What to know beside the counts."""
        if not self.rules:
            return []
        found = [
            "只计现在进行的各期和一次性事项；平台自载入之日起记录，不追溯以前各期。"
            if self.is_first
            else f"按{words.day(self.begins)}施行计算，只计其后结束的各期和一次性事项；以前结束的各期仍按当时的方案。"
        ]
        if self.passed:
            found.append(f"新增和改变的事项中，{self.passed}项的期限已过；没有依据的，施行后即显示逾期。")
        if self.kept:
            found.append(
                f"取消的事项中，{self.kept}项已有依据或已免除：记录都保留，台账的截至日期选在确认施行以前，仍可看到。"
            )
        return found

    def lines(self) -> list[str]:
        """The whole of it in sentences, as the command line prints it."""
        return [self.head, *(f"  {rule}" for rule in self.rules), *(f"  {note}" for note in self.notes)]


def effects(cluster: Cluster, scheme: Scheme, begins: date) -> Effects:
    """What `scheme` would change in the ledger of `cluster` (unsaved: all of it is new), in force from `begins` on.

    Compared are the periods that run on that day, or have begun since, and what is owed once.
    """
    today = clock.today()
    versions = versions_of(cluster) if cluster.pk else []
    old = scheme_of(versions[-1]) if versions else None
    if _size(scheme) > MOST:
        return Effects(begins, old is None, is_too_large=True)
    since = max(begins, queries.first_known(cluster) if old else today)
    reach = Reach(begins, since, max(begins, today))
    was = duties(old, reach) if old else {}
    now = duties(scheme, reach, before=old)
    rules = list(_by_rule(was, now))
    kept = _kept(cluster, [identity for identity in was if identity not in now])
    return Effects(begins, old is None, rules, kept, _passed(rules, reach.until, is_first=old is None))


def _size(scheme: Scheme) -> int:
    units, rules, bodies = len(scheme.units), len(scheme.obligations), len(scheme.bodies)
    return units * (units + len(scheme.pairs)) * (rules + bodies) + bodies**2


def _by_rule(was: Mapping[Identity, Instance], now: Mapping[Identity, Instance]) -> Iterator[RuleEffect]:
    """In the order of the new scheme's rules; those that go come last."""
    added: dict[str, list[Instance]] = defaultdict(list)
    removed: dict[str, list[Instance]] = defaultdict(list)
    changed: dict[str, dict[str, list[Instance]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for identity, one in now.items():
        names.setdefault(one.rule.id, one.rule.name)
        if identity not in was:
            added[one.rule.id].append(one)
        elif what := "，".join(_changes(was[identity], one)):
            changed[one.rule.id][what].append(one)
    for identity, one in was.items():
        names.setdefault(one.rule.id, one.rule.name)
        if identity not in now:
            removed[one.rule.id].append(one)
    for rule, name in names.items():
        if rule in added or rule in removed or rule in changed:
            yield RuleEffect(name, added[rule], removed[rule], dict(changed[rule]))


def _changes(was: Instance, now: Instance) -> Iterator[str]:
    """What is different in a duty that stays."""
    if was.due_day != now.due_day:
        yield f"期限由{_day(was.due_day)}改为{_day(now.due_day)}"
    if was.rule.count != now.rule.count:
        yield f"次数由{was.rule.count}次改为{now.rule.count}次"
    before, after = sentences.evidence(was), sentences.evidence(now)
    if was.rule.evidence != now.rule.evidence:
        yield f"依据由{words.quoted(before)}改为{words.quoted(after)}" if before != after else "依据有改变"
    rests_on = _RESTS_ON.get(now.rule.evidence.kind)
    if rests_on and rests_on(was.scheme) != rests_on(now.scheme):
        yield "计算所依据的规定有改变"


def _day(day: date | None) -> str:
    return words.day(day) if day else "无"


def _named(these: Sequence[Instance]) -> str:
    """4项（安徽师范大学→阜阳师范大学等4项，2026年）: how many, with examples of each period."""
    by_period: dict[str, list[str]] = defaultdict(list)
    for one in these:
        toward = f"→{one.toward.called}" if one.toward else ""
        by_period[one.period.words if one.period else "一次性"].append(f"{one.who.called}{toward}")
    told = [f"{words.listing(names, NAMED, '项')}，{period}" for period, names in by_period.items()]
    more = "……" if len(told) > NAMED else ""
    return f"{len(these)}项（{'；'.join(told[:NAMED])}{more}）"


def _kept(cluster: Cluster, gone: Iterable[Identity]) -> int:
    """How many of the duties that go have left something in the ledger of today."""
    gone = set(gone)
    if not gone:
        return 0
    today = clock.today().year
    years = {today} | {year for *_, period in gone if period and (year := period.first.year) <= today}  # type: ignore[attr-defined]
    lines = [line for year in sorted(years) for line in queries.of_year(cluster, year).lines]
    return len({
        line.key
        for line in lines
        if (found := line.finding) and (found.done or found.is_nil or found.excused) and identity_of(line) in gone
    })  # fmt: skip


def _passed(rules: Iterable[RuleEffect], until: date, *, is_first: bool) -> int:
    """How many that come or change were due before; of a cluster's first version that is a matter of course."""
    if is_first:
        return 0
    these = [one for rule in rules for group in (rule.added, *rule.changed.values()) for one in group]
    return sum(one.due_day is not None and one.due_day < until for one in these)
