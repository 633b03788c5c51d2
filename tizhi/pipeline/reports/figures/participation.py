"""参与: by area and by pair, field studies, leaders present, schools taking part [二, 三, 四(五)]."""

from __future__ import annotations

from ..facts import AreaFact, Facts, PairFact, Record
from .counting import Count, activities
from .figure import Figure, Left, Line, literal


def areas(facts: Facts) -> list[Figure]:
    """One figure for each area of the 4+X."""
    return [_of_area(area) for area in facts.areas]


def _of_area(area: AreaFact) -> Figure:
    return activities(
        f"area-{area.key}",
        f"{literal(area.name)}活动数",
        f"活动总数中重点内容为“{area.name}”的",
        meant=lambda one: one.area == area.id,
        subject=area.name,
    )


def pairs(facts: Facts) -> list[Figure]:
    """Two figures for each pair: what both took part in, and visits of one to the other."""
    return [figure for pair in facts.pairs for figure in _of_pair(pair)]


def _of_pair(pair: PairFact) -> tuple[Figure, Figure]:
    return (
        activities(
            f"pair-{pair.id}",
            f"{literal(pair.name)}共同活动数",
            f"活动总数中{pair.partner.name}与{pair.supported.name}双方都参加的",
            meant=lambda one: pair.both <= one.unit_ids,
            subject="双方共同活动",
        ),
        activities(
            f"pair-{pair.id}-visits",
            f"{literal(pair.name)}互访次数",
            "双方共同活动中一方到另一方现场参加的",
            meant=lambda one: pair.both <= one.unit_ids,
            against=lambda one: _no_visit(one, [pair]),
            unit="次",
            subject="双方共同活动",
        ),
    )


def _no_visit(record: Record, pairs: list[PairFact]) -> str:
    """Why an activity is no visit between the two of a pair."""
    if record.mode == "online":
        return "线上开展"
    hosts, visitors = {unit.id for unit in record.hosts}, {unit.id for unit in record.visitors}
    met = any(
        (pair.partner.id in hosts and pair.supported.id in visitors)
        or (pair.supported.id in hosts and pair.partner.id in visitors)
        for pair in pairs
    )
    return "" if met else "没有一方承办、另一方来访的记载"


def _mutual() -> Figure:
    def count(facts: Facts) -> Count:
        together = [one for one in facts.records if any(pair.both <= one.unit_ids for pair in facts.pairs)]
        reasons = [(one, _no_visit(one, list(facts.pairs))) for one in together]
        others = len(facts.records) - len(together)
        return Count(
            tuple(Line(1, one.id) for one, reason in reasons if not reason),
            tuple(Left(reason, one.id) for one, reason in reasons if reason),
            f"另有{others}项活动不属于结对双方共同活动" if others else "",
        )

    definition = "活动总数中结对一方到另一方现场参加的；同时涉及几对的只计一次"
    return Figure("visits", "结对互访次数", "次", definition, count)


def _universities() -> Figure:
    def count(facts: Facts) -> Count:
        taking_part: dict[str, int] = {}
        for record in facts.records:
            for unit in record.units:
                if unit.is_university:
                    taking_part[unit.name] = taking_part.get(unit.name, 0) + 1
        return Count(tuple(Line(1, words=f"{name}（{times}项）") for name, times in taking_part.items()))

    definition = "报送、承办、来访或参加了本期任一活动的组团内院校，每所只计一次"
    return Figure("universities", "参加院校数", "所", definition, count)


def _online(record: Record) -> str:
    return "线上开展，不属实地" if record.mode == "online" else ""


def _without_school_leader(record: Record) -> str:
    if any(leader.is_school_leader for leader in record.leaders):
        return ""
    if any(not leader.is_known for leader in record.leaders):
        return "到场同志未登记任职，不能认定为校领导"
    return "到场的不是校领导"


def _school_leaders(record: Record) -> int:
    return sum(leader.is_school_leader for leader in record.leaders)


FIGURES = (
    _universities(),
    activities(
        "field-studies",
        "实地调研次数",
        "活动总数中类型为调研、到现场开展的（含线上线下结合）",
        meant=lambda one: one.kind == "field-study",
        against=_online,
        unit="次",
        subject="调研",
    ),
    activities(
        "leader-activities",
        "校领导到场次数",
        "活动总数中至少有一位组团院校校领导（书记、校长、分管校领导，以活动当日任职为准）到场的",
        meant=lambda one: bool(one.leaders),
        against=_without_school_leader,
        unit="次",
        subject="有负责同志到场",
    ),
    activities(
        "leaders",
        "校领导到场人次",
        "各项活动到场校领导的人数之和，同一人到场两次计两人次",
        meant=lambda one: bool(one.leaders),
        against=_without_school_leader,
        worth=_school_leaders,
        unit="人次",
        subject="有负责同志到场",
    ),
    _mutual(),
)
