"""拟稿: proposes the paragraphs of a report from its facts. The same facts give the same words; nothing is invented.

Numbers stand as placeholders, so that text, figures and annexes can never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tizhi.base.kit.words import listing, quoted, span
from tizhi.pipeline.activities.kind import Figure as Asked
from tizhi.pipeline.activities.kinds import kind_of

from .facts import AreaFact, Facts, Input, PairFact, Place, Record
from .figures.figure import literal
from .figures.kinds import label_of
from .models import Part
from .rules import section_of

Section = Part.Section
MOST_NAMES = 4


@dataclass(frozen=True)
class Proposed:
    """A paragraph and what it rests on; `origin` is the same whenever it is proposed again."""

    origin: str
    section: str
    text: str
    area: int | None = None
    pair: int | None = None
    records: tuple[int, ...] = ()


def propose(facts: Facts, numbers: Mapping[int, int], adopted: Iterable[int]) -> list[Proposed]:
    """The whole draft in its order; `numbers` gives each activity's number, `adopted` the ids of those chosen."""
    chosen = set(adopted)
    records = [record for record in facts.records if record.id in chosen]
    return [
        *_overview(facts),
        *_pairs(facts),
        _meetings(facts),
        *(of_record(facts, record, numbers[record.id]) for record in records),
        *_inputs(facts),
    ]


# What happened


def of_record(facts: Facts, record: Record, number: int) -> Proposed:
    """The paragraph of one activity."""
    section = section_of(record.kind)
    late = "（补报）" if record.is_late else ""
    text = f"{_when(facts, record)}，{_who_did(record)}{_leaders(record)}{_figures(record, number)}{late}。"
    area = record.area if section == Section.AREAS else None
    return Proposed(f"brief:{record.id}", section, text, area, records=(record.id,))


def _when(facts: Facts, record: Record) -> str:
    return span(record.first, record.last, facts.period.first.year)


def _names(places: Sequence[Place]) -> str:
    return literal(listing([place.name for place in places], MOST_NAMES, "个单位"))


def _who_did(record: Record) -> str:
    title = quoted(literal(record.title))
    is_online = record.mode == "online"
    if record.kind == "field-study" and record.visitors and record.hosts and not is_online:
        others = f"，{_names(record.attending)}参加" if record.attending else ""
        return f"{_names(record.visitors)}到{_names(record.hosts)}开展{title}{others}"
    how = "线上" if is_online else ""
    if not record.hosts:
        return f"{_names(record.units)}{how}开展{title}"
    came = f"，{_names(record.visitors)}来访" if record.visitors and not is_online else ""
    joined = record.attending if came or not record.visitors else (*record.visitors, *record.attending)
    return f"{_names(record.hosts)}{how}举办{title}{came}" + (f"，{_names(joined)}参加" if joined else "")


def _leaders(record: Record) -> str:
    words = [literal(leader.words) for leader in record.leaders]
    return f"，{listing(words, MOST_NAMES, '位同志')}到场" if words else ""


def _figures(record: Record, number: int) -> str:
    kind = kind_of(record.kind)
    given = [(asked, label_of(kind, asked)) for asked, _ in kind.filled(record.details or {})]
    told = "，".join(_told(asked, f"{{{label}·{number}}}") for asked, label in given)
    return f"，{told}" if told else ""


def _told(asked: Asked, placeholder: str) -> str:
    """参训教师86人; 24学时 where label and unit are one word."""
    return f"{'共' if asked.label == asked.unit else asked.label}{placeholder}{asked.unit}"


# What it adds up to


def _overview(facts: Facts) -> Iterator[Proposed]:
    late = "，其中补报以往活动{补报活动数}项" if any(record.is_late for record in facts.records) else ""
    yield Proposed(
        "overview:activities",
        Section.OVERVIEW,
        f"{facts.period.words}，{literal(facts.cluster)}内{{参加院校数}}所院校共开展提质计划相关活动{{活动总数}}项{late}；"
        "活动结束后及时报送{及时报送数}项，及时报送率{及时报送率}。",
    )
    yield Proposed("overview:areas", Section.OVERVIEW, f"按重点内容分，{_by_area(facts.areas)}。")
    if facts.plans:
        yield Proposed("overview:planned", Section.OVERVIEW, f"本期计划安排事项{{计划事项数}}项，{_results(facts)}。")
    trainings = [record for record in facts.records if record.kind == "training"]
    if trainings:
        rural = "，其中乡村教师{培训：乡村教师}人次" if any(record.figure("rural") for record in trainings) else ""
        yield Proposed(
            "overview:training",
            Section.OVERVIEW,
            f"举办培训{{培训活动数}}期，参训教师{{培训：参训教师}}人次{rural}。",
        )


def _results(facts: Facts) -> str:
    """已开展3项，改期到本期以外1项: what there was of, in a fixed order."""
    told = {
        "done": "已开展{已开展计划事项数}项",
        "moved": "改期到本期以外{改期到本期以外计划事项数}项",
        "cancelled": "取消{取消计划事项数}项",
        "silent": "未登记结果{未登记结果计划事项数}项",
        "ahead": "尚未到期{尚未到期计划事项数}项",
    }
    there = {plan.result for plan in facts.plans}
    return "，".join(words for result, words in told.items() if result in there)


def _by_area(areas: Iterable[AreaFact]) -> str:
    return "、".join(f"{literal(area.name)}{{{literal(area.name)}活动数}}项" for area in areas)


def _pairs(facts: Facts) -> Iterator[Proposed]:
    for pair in facts.pairs:
        together = any(pair.both <= record.unit_ids for record in facts.records)
        yield Proposed(f"pair:{pair.id}", Section.PAIRS, _of_pair(pair, together), pair=pair.id)


def _of_pair(pair: PairFact, together: bool) -> str:
    names, both = literal(pair.name), f"{literal(pair.partner.name)}与{literal(pair.supported.name)}"
    if not together:
        return f"{both}本期没有报送双方共同参加的活动。"
    return f"{both}共同开展活动{{{names}共同活动数}}项，其中互访{{{names}互访次数}}次。"


def _meetings(facts: Facts) -> Proposed:
    has_leaders = any(leader.is_school_leader for record in facts.records for leader in record.leaders)
    leaders = "校领导到场{校领导到场次数}次、{校领导到场人次}人次；" if has_leaders else ""
    return Proposed(
        "meetings:summary",
        Section.MEETINGS,
        "本期开展调研{调研活动数}次，其中实地调研{实地调研次数}次；召开会议{会议活动数}次。"
        f"{leaders}结对院校互访{{结对互访次数}}次。",
    )


# What units added


def _inputs(facts: Facts) -> Iterator[Proposed]:
    for entry in facts.inputs:
        if entry.is_received and not entry.is_nil:
            yield from _of_unit(entry, _first_pair(facts.pairs, entry))


def _first_pair(pairs: Iterable[PairFact], entry: Input) -> int | None:
    return next((pair.id for pair in pairs if entry.unit.id in pair.both), None)


def _of_unit(entry: Input, pair: int | None) -> Iterator[Proposed]:
    said = (
        ("highlights", Section.PAIRS, "的工作亮点", entry.highlights),
        ("problems", Section.PROBLEMS, "反映的问题", entry.problems),
        ("deviations", Section.PROBLEMS, "说明的与计划的偏差", entry.deviations),
        ("suggestions", Section.PROBLEMS, "提出的建议", entry.suggestions),
        ("next", Section.NEXT, "", entry.next_steps),
    )
    for field, section, what, text in said:
        if text.strip():
            yield Proposed(
                f"input:{entry.unit.id}:{field}",
                section,
                f"{literal(entry.unit.name)}{what}：{literal(text.strip())}",
                pair=pair if section == Section.PAIRS else None,
            )
