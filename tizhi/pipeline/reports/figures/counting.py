"""数法: the few ways of counting that all figures are made of."""

from __future__ import annotations

from collections.abc import Callable

from ..facts import Facts, Input, Record
from .figure import Amount, Count, Figure, Left, Line

Test = Callable[[Record], bool]
Reason = Callable[[Record], str]
Worth = Callable[[Record], Amount | None]


def everything(record: Record) -> bool:
    """Every activity is meant."""
    return True


def nothing_against(record: Record) -> str:
    """No reason to leave anything out."""
    return ""


def one(record: Record) -> Amount:
    """Each activity adds one."""
    return 1


def activities(
    key: str,
    label: str,
    definition: str,
    *,
    meant: Test = everything,
    against: Reason = nothing_against,
    worth: Worth = one,
    unit: str = "项",
    subject: str = "",
    is_single: bool = False,
) -> Figure:
    """Counts the activities that are `meant` and have nothing `against` them, each with its `worth`.

    What is not meant is told in one sentence (`subject` names what is meant); what is meant but not counted is listed
    with its reason, activities not accepted yet among them.
    """

    def count(facts: Facts) -> Count:
        lines, left = [], []
        about = [record for record in (*facts.records, *facts.pending) if meant(record)]
        for record in about:
            amount = worth(record)
            reason = record.standing or against(record) or ("" if amount is not None else "未填写这个数字")
            if reason:
                left.append(Left(reason, record.id))
            elif amount:
                lines.append(Line(amount, record.id))
        others = len(facts.records) - sum(not record.standing for record in about)
        return Count(tuple(lines), tuple(left), f"另有{others}项活动不属于{subject}" if others and subject else "")

    return Figure(key, label, unit, definition, count, is_single)


def share(key: str, label: str, definition: str, *, of: Figure, among: Figure) -> Figure:
    """How large a part one figure is of another, in per cent."""

    def count(facts: Facts) -> Count:
        part, whole = of.count(facts), among.count(facts)
        lines = (Line(part.value or 0, words=of.label), Line(whole.value or 0, words=among.label))
        return Count(lines, part.left, share=(part.value or 0, whole.value or 0))

    return Figure(key, label, "%", definition, count)


def inputs(
    key: str, label: str, definition: str, *, meant: Callable[[Input], bool], against: Callable[[Input], str]
) -> Figure:
    """Counts units by what they owed or handed in; `against` says why one that is meant is not counted."""

    def count(facts: Facts) -> Count:
        about = [(entry, against(entry)) for entry in facts.inputs if meant(entry)]
        lines = tuple(Line(1, words=entry.unit.name) for entry, reason in about if not reason)
        return Count(lines, tuple(Left(reason, words=entry.unit.name) for entry, reason in about if reason))

    return Figure(key, label, "个", definition, count)
