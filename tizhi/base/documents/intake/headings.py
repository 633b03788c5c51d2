"""标题: which paragraphs are headings, and of which level – by style, by ordinal, or only by how they look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .looks import Paragraph
from .ordinals import KINDS, STRONG

_LONGEST: Final = 30  # signs of a heading that only its ordinal tells
_LONGEST_SET: Final = 45  # of one that is set apart by its looks
_LONGEST_STYLED: Final = 80
_BODY: Final = 40  # signs from which a line is running text
_ENDS = re.compile("[。；！？;!?]")
_CAPTION = re.compile(
    "(?:表|图|附表|附图|注|数据来源|来源|单位|填表)[ 　]*[0-9０-９一二三四五六七八九十-]*[ 　：:.．、-]"
)
_ANNEX = re.compile(
    r"附[件录表][ 　]*(?:[0-9０-９一二三四五六七八九十]{0,2}|[0-9０-９一二三四五六七八九十]{1,2}[ 　：:]+\S.*)"
)
_CONTENTS_HEAD = re.compile("目[ 　]*[录次]")

Kind = tuple[str, float]  # family (style, ordinal or look) and place within it


@dataclass
class Found:
    """A heading: where it stands among the blocks, and its level from 1."""

    at: int
    level: int
    number: str
    text: str


def headings(blocks: Sequence[Paragraph | None]) -> list[Found]:
    """The headings among `blocks`, in order; None stands for a table."""
    kinds = _kinds(blocks)
    levels = _levels([(at, kinds[at], _paragraph(blocks, at)) for at in sorted(kinds)])
    found = []
    for at, level in levels:
        ordinal = _paragraph(blocks, at).ordinal
        text = " ".join((ordinal.text if ordinal.kind else _paragraph(blocks, at).text).split()).rstrip("：:")
        found.append(Found(at, level, ordinal.number if ordinal.kind else "", text))
    return _without_title(found)


def _paragraph(blocks: Sequence[Paragraph | None], at: int) -> Paragraph:
    found = blocks[at]
    if found is None:
        raise TypeError("a table is no heading")
    return found


def _kinds(blocks: Sequence[Paragraph | None]) -> dict[int, Kind]:
    """What kind of heading stands where."""
    lines = [(at, one) for at, one in enumerate(blocks) if one is not None and _may_be(one)]
    size = _size_of_text(blocks)
    front = _front(blocks)
    kinds: dict[int, Kind] = {}
    weak: list[int] = []
    looks: dict[tuple, list[int]] = {}
    for at, one in lines:
        if one.outline is not None and len(one.text) <= _LONGEST_STYLED:
            kinds[at] = ("style", one.outline)
        elif _ANNEX.fullmatch(one.text) and at > front:
            kinds[at] = ("annex", 0)
        elif one.ordinal.kind in STRONG and _is_title(one, size):
            kinds[at] = ("ordinal", KINDS.index(one.ordinal.kind))
        elif one.ordinal.kind and not one.is_dotted and _is_title(one, size):
            weak.append(at)
        elif _is_apart(one, size) and _is_short(one.text, _LONGEST_SET) and not one.ordinal.kind:
            looks.setdefault(one.look, []).append(at)
    kinds |= _weak_ones(blocks, weak, kinds, size)
    for look, places in looks.items():
        kinds |= _look_alikes(blocks, places, look, front)
    return kinds


def _may_be(one: Paragraph) -> bool:
    return bool(one.text) and not one.is_title and not _CAPTION.match(one.text) and not _is_contents_head(one.text)


def _is_contents_head(text: str) -> bool:
    return bool(_CONTENTS_HEAD.fullmatch(text))


def _is_short(text: str, most: int) -> bool:
    return 1 < len(text) <= most and not _ENDS.search(text) and text.count("，") <= 1 and text[-1] not in "，、,"


def _is_title(one: Paragraph, size: float) -> bool:
    """Whether a numbered line reads as a heading."""
    most = _LONGEST_SET if _is_apart(one, size) else _LONGEST
    text = one.ordinal.text
    return _is_short(text, most) and (text[-1] not in "：:" or _is_apart(one, size))


def _is_apart(one: Paragraph, size: float) -> bool:
    """Whether it is set apart from running text."""
    is_larger = one.size >= size + 1
    return (one.is_bold or one.is_black or is_larger) and not (one.text.endswith(("：", ":")) and not one.ordinal.kind)


def _size_of_text(blocks: Sequence[Paragraph | None]) -> float:
    weights: Counter[float] = Counter()
    for one in blocks:
        if one is not None and len(one.text) >= _BODY:
            weights[one.size] += len(one.text)
    return weights.most_common(1)[0][0] if weights else 12


def _front(blocks: Sequence[Paragraph | None]) -> int:
    """Where the cover and the title end: before the first running text or the first numbered heading."""
    for at, one in enumerate(blocks):
        if one is None:
            continue
        is_numbered = one.ordinal.kind in STRONG and _is_short(one.ordinal.text, _LONGEST)
        if len(one.text) >= _BODY or one.text.endswith("。") or is_numbered or one.outline is not None:
            return at
    return len(blocks)


def _weak_ones(
    blocks: Sequence[Paragraph | None], weak: Sequence[int], kinds: dict[int, Kind], size: float
) -> dict[int, Kind]:
    """Lines with 1. or （1）: headings when text of their own follows most of a row of them, else items of a list."""
    found: dict[int, Kind] = {}
    rows: list[list[int]] = []
    for at in weak:
        kind = _paragraph(blocks, at).ordinal.kind
        last = rows[-1] if rows else []
        same = bool(last) and _paragraph(blocks, last[-1]).ordinal.kind == kind
        if same and not any(last[-1] < other < at for other in kinds):
            last.append(at)
        else:
            rows.append([at])
    for row in rows:
        apart = sum(_is_apart(_paragraph(blocks, at), size) for at in row)
        led = sum(_leads(blocks, at, weak, kinds) for at in row)
        one = _paragraph(blocks, row[0])
        if apart * 2 > len(row) or (led * 2 > len(row) and one.ordinal.kind != "bare"):
            found |= {at: ("ordinal", KINDS.index(one.ordinal.kind)) for at in row}
    return found


def _leads(blocks: Sequence[Paragraph | None], at: int, weak: Sequence[int], kinds: dict[int, Kind]) -> bool:
    """Whether text or a table of its own follows."""
    after = at + 1
    if after >= len(blocks) or after in kinds:
        return False
    following = blocks[after]
    if following is None:
        return True
    if after in weak:
        return following.ordinal.kind != _paragraph(blocks, at).ordinal.kind
    return following.ordinal.kind != _paragraph(blocks, at).ordinal.kind


def _look_alikes(blocks: Sequence[Paragraph | None], places: list[int], look: tuple, front: int) -> dict[int, Kind]:
    """Lines without ordinal that look alike: headings when there are several, and text follows them."""
    inside = [at for at in places if at > front or _precedes_text(blocks, at)]
    led = [at for at in inside if _precedes_text(blocks, at) or at + 1 in inside]
    if len(inside) < 2 or len(led) * 2 < len(inside):
        return {}
    size, _, is_black, is_centred = look
    return {at: ("look", -(size * 10 + 3 * is_centred + 2 * is_black)) for at in inside}


def _precedes_text(blocks: Sequence[Paragraph | None], at: int) -> bool:
    following = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    return (
        following is None
        or len(following.text) >= 20
        or bool(following.ordinal.kind)
        or bool(_ENDS.search(following.text))
    )


# Levels


def _levels(found: Sequence[tuple[int, Kind, Paragraph]]) -> list[tuple[int, int]]:
    """The level of each heading: its kind closes the deeper kinds that are open above it."""
    alike = _styles_of_ordinals(found)
    tops = [one.size for _, kind, one in found if kind[0] in ("style", "ordinal")]
    largest = max(tops, default=0)
    levels: list[tuple[int, int]] = []
    stack: list[tuple[int, float]] = []
    for at, kind, one in found:
        rank = _rank(kind, one, alike, largest, bool(tops))
        while stack and stack[-1] >= rank:
            stack.pop()
        stack.append(rank)
        levels.append((at, len(stack)))
    return levels


def _styles_of_ordinals(found: Sequence[tuple[int, Kind, Paragraph]]) -> dict[str, float]:
    """Which style of headings goes with which kind of ordinal in this file, so that unstyled ones find their level."""
    counted: Counter[tuple[str, float]] = Counter()
    for _, kind, one in found:
        if kind[0] == "style" and one.ordinal.kind:
            counted[one.ordinal.kind, kind[1]] += 1
    alike: dict[str, float] = {}
    for (ordinal, level), _ in counted.most_common():
        alike.setdefault(ordinal, level)
    return alike


def _rank(kind: Kind, one: Paragraph, alike: dict[str, float], largest: float, has_others: bool) -> tuple[int, float]:
    """What opens above what: annexes and large looks, styles, ordinals, small looks."""
    family, place = kind
    if family == "annex":
        return (-1, 0)
    if family == "look":
        is_top = not has_others or one.size > largest or (one.is_centred and one.size >= largest)
        return (0, place) if is_top else (9, place)
    if family == "style":
        return (1, place)
    if one.ordinal.kind in alike:
        return (1, alike[one.ordinal.kind])
    return (2, place)


def _without_title(found: list[Found]) -> list[Found]:
    """A title styled as a heading, with everything below it, is none."""
    if len(found) > 2 and found[0].level == 1 and all(one.level > 1 for one in found[1:]) and not found[0].number:
        return [Found(one.at, one.level - 1, one.number, one.text) for one in found[1:]]
    return found
