"""机构、职务、履约事项: bodies without circles, posts that can be told apart, obligations that can be measured."""

from __future__ import annotations

from collections import defaultdict

from ..evidence import EVIDENCE_NEEDS
from ..wording import quoted
from .references import References
from .said import Said


def posts(top: Said, references: References) -> None:
    """No unit has two posts of one name; what a post must have at least must find room."""
    named: dict[str, list[Said]] = defaultdict(list)
    for post in top.each("post"):
        _room(post)
        namesakes = named[post.get("name", "")]
        other = next((other for other in namesakes if _in_one_unit(top, other, post)), None)
        if other is None:
            namesakes.append(post)
        elif post.sound("name") and post.copy_of is not other:
            name = quoted(post.values["name"])
            post.fault("name", f"{name}与 {other.name} 重名，同一单位会有两个；请改名，或删去一条。")


def _room(post: Said) -> None:
    count, least = post.get("count", 1), post.get("at_least", 0)
    if post.sound("count") and least > count:
        post.fault("at_least", f"至少{least}人，超过了人数 count（{count}人）；请核对两个数。")


def _in_one_unit(top: Said, one: Said, other: Said) -> bool:
    """Whether a word, or a unit of the cluster, is meant by `each` of both."""
    first, second = set(one.values.get("each", ())), set(other.values.get("each", ()))
    words = ({*unit.values.get("roles", ()), unit.values.get("kind")} for unit in top.each("unit"))
    return bool(first & second) or any(first & own and second & own for own in words)


def circles(top: Said, references: References) -> None:
    """No body stands above itself, or is set up once for each of itself."""
    for key, what in (("parent", "上级机构"), ("per", "“每个…各设一个”")):
        _circle(top, references, key, what)


def _circle(top: Said, references: References, key: str, what: str) -> None:
    done: set[Said] = set()
    for body in top.each("body"):
        way: list[Said] = []
        step: Said | None = body
        while step and step not in done:
            done.add(step)
            way.append(step)
            step = references.find("body", step.get(key))
        if step in way:
            circle = [*way[way.index(step) :], step]
            names = " → ".join(str(each.values["id"]) for each in circle)
            circle[0].fault(key, f"{what}绕成一圈：{names}；请改正其中一处。")


def obligations(top: Said, references: References) -> None:
    """An obligation is measured against something declared, falls due in its own kind of time, counts for others."""
    for obligation in top.each("obligation"):
        _measurable(top, obligation)
        _due(obligation)
        if obligation.get("id") in obligation.values.get("also_counts_for", ()):
            obligation.fault("also_counts_for", "列出了本条自身；请删去。")


def _measurable(top: Said, obligation: Said) -> None:
    for evidence in obligation.each("evidence"):
        needed = EVIDENCE_NEEDS.get(evidence.get("kind", ""))
        if needed and needed not in top.raw and top.sound(needed):
            top.fault(needed, f"没有写 [{needed}]，而 {evidence.name} 等处要对照它；请补上。")


def _due(obligation: Said) -> None:
    """What is owed once falls due after the start of the cluster, what is owed each period after one of its ends."""
    if "once" in obligation.raw and "every" in obligation.raw:
        return
    for due in obligation.each("due"):
        after = due.get("after")
        if after and "once" in obligation.raw and after != "start":
            due.fault("after", "只须一次（once）的事项没有期间；请改为 start。")
        if after == "start" and "every" in obligation.raw:
            due.fault("after", "每期一次（every）的事项应从本期起算；请改为 period-end 或 period-start。")
