"""去处: where a paragraph may stand – a section, an area of 重点内容, a pair of 结对帮扶."""

from __future__ import annotations

from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.reports.facts import Facts
from tizhi.pipeline.reports.models import Part

Section = Part.Section


def places_of(facts: Facts) -> list[tuple[str, str]]:
    """The places of a report, as choices: `areas:12`, `pairs:3`, `next`."""
    found = []
    for section in Section:
        under = {
            Section.AREAS: [(area.id, area.name) for area in facts.areas],
            Section.PAIRS: [(pair.id, pair.name) for pair in facts.pairs],
        }.get(section)
        if under is None:
            found.append((section.value, section.label))
        else:
            found += [(f"{section.value}:{key}", f"{section.label}：{name}") for key, name in under]
    return found


def place_of(facts: Facts, chosen: str) -> dict[str, object]:
    """What an action needs to put a paragraph at `chosen`; RuleBroken for a place there is not."""
    if chosen not in dict(places_of(facts)):
        raise RuleBroken("请选择段落的去处。")
    section, _, key = chosen.partition(":")
    return {
        "section": section,
        "area_id": int(key) if section == Section.AREAS else None,
        "pair_id": int(key) if section == Section.PAIRS else None,
    }
