"""架构图: the two figures of the work plan, drawn from the data: 组团内工作架构图 and 组织领导架构图 (表1, 表2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tizhi.base.documents.drawing.arrange import Block
from tizhi.base.documents.drawing.parts import Drawing
from tizhi.base.kit import words

from . import leading, working
from .structure import Structure

PHONE: Final = 358.0  # what a phone of 390 px leaves
SHEET: Final = 740.0  # the height of a sheet that, 225 mm wide, leaves room for its caption on a lying page
# The five fixed colours of the areas on paper.
COLOURS: Final = {"t": "#2a6fbb", "d": "#d07a00", "b": "#0f9d78", "m": "#8e3b80", "x": "#6b4a2b"}


@dataclass(frozen=True)
class FigureKind:
    """One of the figures: how it is called, which clauses it rests on, what it shows and how it is laid out.

    `of` is its name behind that of a cluster, which mostly ends in 组团.
    """

    key: str
    name: str
    of: str
    described: Callable[[Structure], str]
    sources: Callable[[Structure], Sequence[str]]
    wide: Callable[[Structure], Block]
    narrow: Callable[[Structure, float], Block]
    sheets: Callable[[Structure, float], Sequence[Block]]

    def title(self, structure: Structure) -> str:
        """北京师范大学组团组织领导架构图."""
        return f"{structure.cluster.name}{self.of}"

    def clause(self, structure: Structure) -> str:
        """依据：工作方案 四(一); nothing when the scheme names no clause."""
        sources = self.sources(structure)
        return f"依据：工作方案 {'、'.join(sources)}" if sources else ""

    def draw(self, structure: Structure) -> Drawing:
        """For a desk, a print or a file."""
        return self._drawn(structure, self.wide(structure))

    def draw_narrow(self, structure: Structure) -> Drawing:
        """For a phone."""
        return self._drawn(structure, self.narrow(structure, PHONE))

    def draw_sheets(self, structure: Structure) -> list[Drawing]:
        """For lying pages of A4, in as many sheets as keep it readable there."""
        return [self._drawn(structure, block) for block in self.sheets(structure, SHEET)]

    def _drawn(self, structure: Structure, block: Block) -> Drawing:
        as_of = f"截至{words.day(structure.day)}"
        return Drawing(
            title=self.title(structure),
            description=f"{as_of}，{self.described(structure)}。",
            width=block.width,
            height=block.height,
            parts=block.parts,
            note="　".join(said for said in (as_of, self.described(structure), self.clause(structure)) if said),
            colours=COLOURS,
        )


FIGURES: Final = {
    kind.key: kind
    for kind in (
        FigureKind(
            "working", "组团内工作架构图", "内工作架构图", working.described,
            lambda structure: [*structure.pair_sources, *structure.body_sources],
            working.wide, working.narrow, working.sheets,
        ),
        FigureKind(
            "leading", "组织领导架构图", "组织领导架构图", leading.described,
            lambda structure: structure.body_sources,
            leading.wide, leading.narrow, leading.sheets,
        ),
    )
}  # fmt: skip
