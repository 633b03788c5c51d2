"""条目: the entries of a scheme, in the field's terms; what is left out has its default.

Values only: nothing here knows the installation's rows. Ids are the scheme's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=_Identified)


def find(entries: Iterable[E], id: str) -> E:
    """The entry of that id; KeyError if there is none."""
    for entry in entries:
        if entry.id == id:
            return entry
    raise KeyError(id)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry keeps: the clause it comes from, and the keys the cluster set for itself (本组团约定)."""

    source: str = ""
    chosen: tuple[str, ...] = ()

    def is_chosen(self, key: str) -> bool:
        """Whether the plan leaves this key open and the cluster set it for itself."""
        return key in self.chosen


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A tie that holds from a day to a day, both included; None: from the start of the cluster, without end."""

    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class Programme(Entry):
    """计划: what the cluster is part of."""

    id: str
    name: str
    authority: str | None = None
    based_on: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClusterEntry(Entry):
    """组团."""

    id: str
    name: str
    title: str
    starts: date
    ends: date | None = None
    stage: str = ""


@dataclass(frozen=True, kw_only=True)
class FormerName:
    """曾用名: borne up to and including `until`."""

    name: str
    until: date


@dataclass(frozen=True, kw_only=True)
class UnitEntry(Dated, Entry):
    """单位 [二(一), 四(二)1]."""

    id: str
    name: str
    kind: str
    roles: tuple[str, ...]
    short_name: str = ""
    code: str | None = None
    province: str = ""
    regions: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()

    def is_a(self, role_or_kind: str) -> bool:
        """Whether the unit has this role or is of this kind."""
        return role_or_kind in self.roles or role_or_kind == self.kind


@dataclass(frozen=True, kw_only=True)
class PairEntry(Dated, Entry):
    """结对 [二(一)]."""

    partner: str
    supported: str


@dataclass(frozen=True, kw_only=True)
class PostEntry(Entry):
    """职务: a post of each unit of a role or kind, with its powers."""

    id: str
    name: str
    each: tuple[str, ...]
    count: int = 1
    at_least: int = 1
    rank: int = 9
    powers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AreaEntry(Entry):
    """重点内容: one of the "4", or the "X" (`individual`) [三]."""

    id: str
    name: str
    items: tuple[str, ...] = ()
    individual: bool = False


@dataclass(frozen=True, kw_only=True)
class _Provided(Entry):
    id: str
    name: str
    area: str | None = None
    owner: str | None = None
    audience: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrganisationEntry(_Provided):
    """协同机构 that the plan leans on [三(三)]."""


@dataclass(frozen=True, kw_only=True)
class PlatformEntry(_Provided):
    """平台 open to the cluster [三(一)]."""


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """提名: the unit, and its department, that nominates a body's members."""

    unit: str
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class SeatEntry(Dated, Entry):
    """席位: of named `units`, of `each` unit of a role or kind (but `excluding` some), or of nobody in particular."""

    post: str
    units: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    unit_post: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    count: int = 1
    powers: tuple[str, ...] = ()
    people: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyEntry(Dated, Entry):
    """机构: one for the cluster, or one `per` unit of a role or per body [四(一)]."""

    id: str
    name: str
    seats: tuple[SeatEntry, ...]
    also: str = ""
    parent: str | None = None
    per: str | None = None
    at_least: int = 1
    duties: str = ""
    nominated_by: Nomination | None = None


@dataclass(frozen=True, kw_only=True)
class Conference(Entry):
    """联席会议 [四(二)]."""

    members: tuple[str, ...]
    secretariat: str
    name: str = "联席会议"
    ranks: tuple[str, ...] = ()
    accompanied_by: str = ""
    invited: tuple[str, ...] = ()
    scope: str = ""
    countersign_workdays: int | None = None


@dataclass(frozen=True, kw_only=True)
class Contacts(Entry):
    """联系人 [四(三)]; `each` empty: every unit that has one of the posts."""

    posts: tuple[str, ...]
    each: tuple[str, ...] = ()
    group: str = ""
    confirm_every: str | None = None


@dataclass(frozen=True, kw_only=True)
class Briefs(Entry):
    """信息报送 [四(四)]; `approved_by` is a post of the reporting unit, or "none"."""

    due_workdays: int
    approved_by: str = "none"
    confirm_workdays: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reports(Entry):
    """汇总报送 [四(四)]; `to` is a unit; `input_due_workdays` None: as `due_workdays`."""

    every: str
    to: str
    due_workdays: int
    input_due_workdays: int | None = None


@dataclass(frozen=True, kw_only=True)
class Consultations(Entry):
    """问诊 [四(五)2]."""

    answer_workdays: int


@dataclass(frozen=True, kw_only=True)
class StepEvidence:
    """步骤的依据: one of needs, study, text, confirmed, conclusion – or a paper alone."""

    needs: int | None = None
    study: str | None = None
    team: str | None = None
    text: str | None = None
    confirmed: bool = False
    conclusion: str | None = None
    paper: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanStep(Entry):
    """计划步骤: opens when the step before it has its evidence [四(五)1]."""

    id: str
    name: str
    by: tuple[str, ...]
    evidence: StepEvidence


@dataclass(frozen=True, kw_only=True)
class PlanSection(Entry):
    """计划章节."""

    id: str
    name: str
    area: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlanEntry(Entry):
    """计划（一校一策）: its course and its sections [三, 四(五)1]."""

    id: str
    name: str
    per: str
    author: str
    steps: tuple[PlanStep, ...]
    sections: tuple[PlanSection, ...]
    every: str | None = None
    revision_from: str | None = None

    def step(self, id: str) -> PlanStep:
        """The step of that id; KeyError if there is none."""
        return find(self.steps, id)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """依据: what is counted for an obligation; a parameter that is None or empty asks nothing."""

    kind: str
    activity: str | None = None
    mode: str | None = None
    post: str | None = None
    stage: str | None = None
    share: float = 1.0
    report: str | None = None
    state: str | None = None
    bodies: tuple[str, ...] = ()
    plan: str | None = None
    step: str | None = None
    area: str | None = None
    item: str | None = None
    meeting: str | None = None


@dataclass(frozen=True, kw_only=True)
class Due:
    """期限: workdays or months `after` the end or start of the period, or the start of the cluster."""

    after: str
    workdays: int | None = None
    months: int | None = None


@dataclass(frozen=True, kw_only=True)
class ObligationEntry(Entry):
    """履约事项: who owes what evidence, toward whom, how often; `due` None: the last day of the period."""

    id: str
    name: str
    who: tuple[str, ...]
    evidence: Evidence
    toward: str | None = None
    every: str | None = None
    once: bool = False
    count: int = 1
    due: Due | None = None
    remind: tuple[int, ...] = ()
    escalate: tuple[int, ...] = ()
    also_counts_for: tuple[str, ...] = ()
