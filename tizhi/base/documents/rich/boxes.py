"""框: what is open while a text is read – lists, quotations, tables – and where the next line belongs."""

from __future__ import annotations

from typing import Final

from .nodes import Cell, Grid, Item, Line, List, Node, Quote, Row
from .paste import Found

_DEEPEST = 4  # lists within lists
_MOST = 63  # columns or rows a cell may span: Word's own limit of columns
_KINDS: Final[dict[str, type]] = {
    **{"ul": List, "ol": List, "li": Item, "blockquote": Quote, "table": Grid, "tr": Row, "td": Cell, "th": Cell}
}

Box = Item | Quote | Cell


class Boxes:
    """The tree so far and the way down to where it grows. A table within a cell becomes lines of the cell."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._open: list[Box | List | Grid | Row] = []
        self._nested = 0  # tables within a cell
        self._in_head = False

    @property
    def is_free(self) -> bool:
        """Whether the next line stands by itself, in no box."""
        return self._box() is None

    def enter(self, tag: str, across: str, down: str) -> None:
        """A tag opens that may begin a box; `across` and `down` are what a cell says it spans."""
        if tag == "table":
            self._table()
        elif tag == "thead":
            self._in_head = True
        elif tag in ("ul", "ol"):
            self._list(ordered=tag == "ol")
        elif tag == "li":
            self._item()
        elif tag == "blockquote" and not self._open:
            self._begin(Quote())
        elif tag == "tr":
            self._row()
        elif tag in ("td", "th"):
            self._cell(Cell(tag == "th", _spanned(across), _spanned(down)))

    def leave(self, tag: str) -> None:
        """A tag closes, and with it what was left open inside."""
        if tag == "table" and self._nested:
            self._nested -= 1
        elif tag == "thead":
            self._in_head = False
        elif not self._nested and (kind := _KINDS.get(tag)):
            reach = self._open if kind in (Grid, Row, Cell) else self._in_cell()
            if any(isinstance(each, kind) for each in reach):
                self._shut(kind)
                self._open.pop()

    def put(self, node: Node) -> None:
        """Lay `node` where the tree grows."""
        box = self._box()
        (self.nodes if box is None else box.nodes).append(node)

    def put_item(self, line: Line, place: Found) -> None:
        """A paragraph that Word shows as an item joins the list before it, or begins one."""
        nodes = self.nodes
        for _ in range(min(place.level, _DEEPEST - 1)):
            last = nodes[-1] if nodes else None
            if not isinstance(last, List) or not last.items:
                break
            nodes = last.items[-1].nodes
        last = nodes[-1] if nodes else None
        if not isinstance(last, List) or last.ordered != place.ordered:
            nodes.append(last := List(place.ordered))
        last.items.append(Item([line]))

    def _begin(self, node: List | Quote | Grid) -> None:
        self.put(node)
        self._open.append(node)

    def _table(self) -> None:
        if self._holds(Cell):
            self._nested += 1
        elif not self._holds(Grid):
            self._begin(Grid())

    def _row(self) -> None:
        if self._holds(Grid) and not self._nested:
            self._shut(Grid)
            self._open[-1].rows.append(row := Row(self._in_head))  # type: ignore[union-attr]
            self._open.append(row)

    def _cell(self, cell: Cell) -> None:
        if not self._holds(Grid) or self._nested:
            return
        if not self._holds(Row):
            self._row()
        self._shut(Row)
        self._open[-1].cells.append(cell)  # type: ignore[union-attr]
        self._open.append(cell)

    def _list(self, *, ordered: bool) -> None:
        inner = self._in_cell()
        lists = [each for each in inner if isinstance(each, List)]
        if inner and isinstance(inner[-1], List):  # a list directly within a list belongs to its last item
            inner[-1].items = inner[-1].items or [Item()]
            self._open.append(inner[-1].items[-1])
        if len(lists) < _DEEPEST:
            self._begin(List(ordered))
        else:
            self._open.append(lists[-1])

    def _item(self) -> None:
        if not any(isinstance(each, List) for each in self._in_cell()):
            self._begin(List(ordered=False))
        self._shut(List)
        self._open[-1].items.append(item := Item())  # type: ignore[union-attr]
        self._open.append(item)

    def _box(self) -> Box | None:
        """The innermost box; what stands directly in a list joins its last item."""
        for each in reversed(self._open):
            if isinstance(each, Item | Quote | Cell):
                return each
            if isinstance(each, List) and each.items:
                return each.items[-1]
        return None

    def _in_cell(self) -> list[Box | List | Grid | Row]:
        """What is open within the innermost cell, or at all."""
        at = next((nth for nth in range(len(self._open) - 1, -1, -1) if isinstance(self._open[nth], Cell)), -1)
        return self._open[at + 1 :]

    def _holds(self, kind: type) -> bool:
        return any(isinstance(each, kind) for each in self._open)

    def _shut(self, kind: type) -> None:
        """Close what is open above the innermost `kind`."""
        while self._open and not isinstance(self._open[-1], kind):
            self._open.pop()


def _spanned(value: str) -> int:
    return min(max(int(value), 1), _MOST) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def filled(nodes: list[Node]) -> list[Node]:
    """`nodes` without lists, quotations and tables in which nothing stands."""
    return [node for node in nodes if not _is_bare(node)]


def _is_bare(node: Node) -> bool:
    match node:
        case List():
            for item in node.items:
                item.nodes = filled(item.nodes)
            node.items = [item for item in node.items if item.nodes]
            return not node.items
        case Quote():
            node.nodes = filled(node.nodes)
            return not node.nodes
        case Grid():
            node.rows = [row for row in node.rows if row.cells]
            for cell in (cell for row in node.rows for cell in row.cells):
                cell.nodes = filled(cell.nodes)
            return not any(cell.nodes for row in node.rows for cell in row.cells)
    return False
