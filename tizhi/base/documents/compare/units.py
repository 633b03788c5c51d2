"""段: a text as the row of blocks that are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..rich.nodes import Grid, Line, List, Node, Picture, Quote, text_of
from ..rich.parse import read


@dataclass(frozen=True)
class Unit:
    """One block: its kind, its words as shown, and what makes it the same as another."""

    block: str
    text: str
    file: int = 0

    @property
    def cells(self) -> int:
        """How many cells a row has; 0 for what is no row."""
        return self.text.count("\t") + 1 if self.block == "row" else 0


def units(html: str) -> list[Unit]:
    """The blocks of a text, in reading order."""
    return list(_units(read(html)))


def _units(nodes: Iterable[Node], block: str = "") -> Iterator[Unit]:
    for node in nodes:
        match node:
            case Line():
                yield Unit(block or node.kind, node.text)
            case Picture():
                yield Unit("img", f"［图片：{node.alt}］" if node.alt else "［图片］", node.file)
            case List():
                for item in node.items:
                    yield from _units(item.nodes, "li")
            case Quote():
                yield from _units(node.nodes, "quote")
            case Grid():
                yield from _rows(node)


def _rows(grid: Grid) -> Iterator[Unit]:
    for row in grid.rows:
        yield Unit("row", "\t".join(text_of(cell) for cell in row.cells))
        for cell in row.cells:
            yield from _units(each for each in cell.nodes if isinstance(each, Picture))
