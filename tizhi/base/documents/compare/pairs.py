"""配对: which block of the new text is which block of the old one, wherever it went and however it was reworded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from .units import Unit

_LIKE: Final = 0.45  # how alike (0–1) two blocks of one place must be to be one block reworded
_LIKE_AFAR: Final = 0.6  # of a block that was moved and reworded
_NEARBY: Final = 0.15  # what standing in the same place counts for
_BLOCK: Final = 10  # signs: what moving any block counts, besides its text
_SAME_ROW: Final = 0.8
_SHORTEST_MOVED: Final = 6  # signs: a shorter block is not followed to another place
_MANY: Final = 2_000  # blocks above which those that occur everywhere are matched last
_MOST: Final = 1_000_000  # pairs that are weighed; in longer texts only those about the same place
_REACH: Final = 30  # blocks


def paired(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[dict[int, int], frozenset[int]]:
    """The old block of each new one that has any; and those of the new blocks that were moved."""
    matcher = SequenceMatcher(None, old, new, autojunk=len(new) > _MANY)
    pairs: dict[int, int] = {}
    gap_of_old: dict[int, int] = {}
    gap_of_new: dict[int, int] = {}
    for nth, (what, old_from, old_to, new_from, new_to) in enumerate(matcher.get_opcodes()):
        if what == "equal":
            pairs |= zip(range(new_from, new_to), range(old_from, old_to), strict=True)
        gap_of_old |= dict.fromkeys(range(old_from, old_to), nth)
        gap_of_new |= dict.fromkeys(range(new_from, new_to), nth)
    _pair_equal(old, new, pairs)
    likeness = _pair_alike(old, new, pairs, lambda before, at: gap_of_old[before] == gap_of_new[at])
    moved = _moved(old, new, pairs)
    for at in list(moved):
        text, was = new[at].text, old[pairs[at]].text
        if len(text) < _SHORTEST_MOVED or (text != was and likeness.get(at, 0) < _LIKE_AFAR):
            moved.discard(at)
            del pairs[at]
    return pairs, frozenset(moved)


def _left(pairs: dict[int, int], old: Sequence[Unit], new: Sequence[Unit]) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    return [at for at in range(len(old)) if at not in taken], [at for at in range(len(new)) if at not in pairs]


def _pair_equal(old: Sequence[Unit], new: Sequence[Unit], pairs: dict[int, int]) -> None:
    """What stands elsewhere word for word."""
    lost, fresh = _left(pairs, old, new)
    where: dict[Unit, list[int]] = {}
    for at in reversed(lost):
        where.setdefault(old[at], []).append(at)
    for at in fresh:
        if where.get(new[at]):
            pairs[at] = where[new[at]].pop()


def _pair_alike(
    old: Sequence[Unit], new: Sequence[Unit], pairs: dict[int, int], is_near: Callable[[int, int], bool]
) -> dict[int, float]:
    """What was reworded, the most alike first; the likeness of each such pair."""
    lost, fresh = _left(pairs, old, new)
    signs = _Signs()
    was, now = {at: signs.of(old[at].text) for at in lost}, {at: signs.of(new[at].text) for at in fresh}
    reach = len(lost) if len(lost) * len(fresh) <= _MOST else _REACH
    found = []
    for at in fresh:
        middle = bisect_left(lost, at * len(old) // len(new))
        for before in lost[max(0, middle - reach) : middle + reach]:
            if _may_be(old[before], new[at]):
                near = is_near(before, at)
                likeness = max(_likeness(was[before], now[at]), _same_row(old[before], new[at]))
                if likeness >= (_LIKE if near else _LIKE_AFAR):
                    found.append((-likeness - _NEARBY * near, abs(at - before), at, before, likeness))
    chosen: dict[int, float] = {}
    taken: set[int] = set()
    for _, _, at, before, likeness in sorted(found):
        if at not in chosen and before not in taken:
            chosen[at], pairs[at] = likeness, before
            taken.add(before)
    return chosen


def _may_be(old: Unit, new: Unit) -> bool:
    """Whether one can be the other reworded: rows only of as many cells, items only items, pictures never."""
    blocks = (old.block, new.block)
    return "img" not in blocks and old.cells == new.cells and blocks.count("li") != 1


class _Signs:
    """Each text as the set of its pairs of signs, held as the bits of one number: two are compared in no time."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def of(self, text: str) -> int:
        """The set of `text`."""
        squeezed = "".join(text.split())
        pairs = {squeezed[at : at + 2] for at in range(max(len(squeezed) - 1, 1))}
        places = [self._places.setdefault(pair, len(self._places)) for pair in pairs]
        bits = bytearray(max(places, default=0) // 8 + 1)
        for place in places:
            bits[place // 8] |= 1 << place % 8
        return int.from_bytes(bits, "little")


def _likeness(one: int, other: int) -> float:
    return 2 * (one & other).bit_count() / max(one.bit_count() + other.bit_count(), 1)


def _same_row(old: Unit, new: Unit) -> float:
    """Rows that begin with the same words are the same row, whatever their figures."""
    head = new.text.partition("\t")[0]
    is_one = new.cells > 1 and len(head) > 1 and old.text.startswith(f"{head}\t")
    return _SAME_ROW if is_one else 0


def _moved(old: Sequence[Unit], new: Sequence[Unit], pairs: dict[int, int]) -> set[int]:
    """The new blocks out of the order of the old ones: as little text as possible counts as moved."""
    order = sorted(pairs)
    best = _Heaviest(len(old))
    for at in order:
        best.add(at, pairs[at], _BLOCK + len(new[at].text))
    return set(order) - set(best.chain())


class _Heaviest:
    """The heaviest chain of pairs that ascends in both texts (a tree of maxima over places of the old text)."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)
        self._before: dict[int, int] = {}

    def add(self, at: int, place: int, weight: int) -> None:
        """The pair of new block `at` and old block `place`; called in the order of the new text."""
        heaviest, before = 0, -1
        down = place
        while down > 0:
            heaviest, before = max((heaviest, before), self._tree[down])
            down -= down & -down
        self._before[at] = before
        up = place + 1
        while up < len(self._tree):
            self._tree[up] = max(self._tree[up], (heaviest + weight, at))
            up += up & -up

    def chain(self) -> Iterable[int]:
        """The blocks of the heaviest chain."""
        down, last = len(self._tree) - 1, (0, -1)
        while down > 0:
            last = max(last, self._tree[down])
            down -= down & -down
        at = last[1]
        while at >= 0:
            yield at
            at = self._before[at]
