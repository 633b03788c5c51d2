"""序数: the ordinals of headings, tables, figures and annexes (GB/T 9704-2012 7.3.3): written here, never typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..kit.words import numeral
from .document import Annex, Block, Document, Figure, Heading, Table

# 一、 （一） 1. （1）: the pattern of each level, and whether it counts in Chinese numerals.
LEVELS = (("{}、", True), ("（{}）", True), ("{}.", False), ("（{}）", False))
TABLE, FIGURE, ANNEX = "表{}", "图{}", "附件{}"


def heading_label(level: int, number: int) -> str:
    """一、 at level 1, （一） at 2, 1. at 3, （1） at 4."""
    pattern, chinese = LEVELS[level - 1]
    return pattern.format(numeral(number) if chinese else number)


def annex_label(position: int, of: int) -> str:
    """附件1, or 附件 alone when there is only one."""
    return ANNEX.format(position if of > 1 else "")


def annexes_labelled(document: Document) -> Iterator[tuple[Annex, str]]:
    """The annexes with 附件1 …; a plate, which has no title, with nothing."""
    position = 0
    for annex in document.annexes:
        position += bool(annex.title)
        yield annex, annex_label(position, len(document.attached)) if annex.title else ""


class Counter:
    """Counts headings afresh in the body and in each annex, tables and figures through the whole document."""

    def __init__(self) -> None:
        self._captions = {TABLE: 0, FIGURE: 0}

    def labelled(self, blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
        """Each block with its ordinal words, or with none."""
        headings = [0, 0, 0, 0]
        for block in blocks:
            if isinstance(block, Heading):
                headings[block.level - 1] += 1
                headings[block.level :] = [0] * (4 - block.level)
                yield block, heading_label(block.level, headings[block.level - 1])
            elif isinstance(block, Table | Figure) and block.caption:
                as_table = isinstance(block, Table) or block.counts_as == "table"
                yield block, self._caption(TABLE if as_table else FIGURE)
            else:
                yield block, ""

    def _caption(self, pattern: str) -> str:
        self._captions[pattern] += 1
        return pattern.format(self._captions[pattern])
