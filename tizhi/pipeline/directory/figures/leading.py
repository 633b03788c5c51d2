"""组织领导架构图: the bodies of a cluster, each below the one it belongs to, with their seats (表2) [四(一)]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tizhi.base.documents.drawing.arrange import GAP, Block, Family, Node, families, pieces, pile, stack
from tizhi.base.documents.drawing.parts import Card

from ..seating import BodyLine
from .cards import WIDE, body_key, body_node
from .structure import Structure

TOP, CENTRAL, OFFICE = (2, 500.0), (3, 460.0), (5, 320.0)  # how many in a row, and how wide at most


def described(structure: Structure) -> str:
    """What the figure shows, in a sentence."""
    groups = len(structure.groups)
    said = [f"{len(structure.all_bodies) - groups}个机构"]
    said += [f"{groups}个项目组"] if groups else []
    empty = f"，空缺{structure.missing}席" if structure.missing else "，席位齐全"
    return "、".join(said) + empty


def wide(structure: Structure) -> Block:
    """For a desk and for paper: levels from above, the offices in rows."""
    return families(_families(structure), WIDE)


def narrow(structure: Structure, width: float) -> Block:
    """For a phone: one column, each body indented below the one it belongs to; what has many below it comes last."""
    below = _below(structure)

    def node(line: BodyLine) -> Node:
        own = body_node(line, structure.names)
        children = sorted(below[body_key(line)], key=lambda child: len(below[body_key(child)]))
        return replace(own, children=(*own.children, *map(node, children)))

    return pile([stack(node(line), width) for line in below[""]], GAP)


def sheets(structure: Structure, high: float) -> list[Block]:
    """For print: on one sheet no higher than `high` where that holds it; else rows go on below the parent's name."""
    done: list[list[Family]] = [[]]
    for family in _families(structure):
        for part in _pieces(family, high, structure):
            if done[-1] and _height([*done[-1], part]) > high:
                done.append([_reminder(part, structure)])
            done[-1].append(part)
    return [families(sheet, WIDE) for sheet in done]


def _below(structure: Structure) -> dict[str, list[BodyLine]]:
    """The bodies below each, by key; under "" those that stand below none."""
    standing = {body_key(line) for line in structure.bodies}
    below: dict[str, list[BodyLine]] = defaultdict(list)
    for line in structure.bodies:
        parent = f"body-{line.body.parent_id}"
        below[parent if parent in standing else ""].append(line)
    return below


def _families(structure: Structure) -> list[Family]:
    """From above: the cluster's own bodies level by level, then those of its units."""
    below = _below(structure)
    own: list[Family] = []
    of_units: list[Family] = []
    waiting = [""]
    while waiting:
        parent = waiting.pop(0)
        central = [line for line in below[parent] if line.body.unit is None]
        offices = [line for line in below[parent] if line.body.unit]
        own += _family(parent, central, TOP if parent == "" else CENTRAL, structure)
        of_units += _family(parent, offices, OFFICE, structure)
        waiting += [body_key(line) for line in below[parent]]
    return [*own, *of_units]


def _family(parent: str, lines: Sequence[BodyLine], most: tuple[int, float], structure: Structure) -> Iterator[Family]:
    if lines:
        yield Family(parent, tuple(body_node(line, structure.names) for line in lines), *most)


def _pieces(family: Family, high: float, structure: Structure) -> Iterator[Family]:
    """The family in as many pieces, each of full rows, as sheets need."""

    def part(nodes: Sequence[Node]) -> Family:
        return replace(family, nodes=tuple(nodes))

    def fits(nodes: Sequence[Node]) -> bool:
        return _height([_reminder(family, structure), part(nodes)]) <= high

    for nodes, per_row in pieces(family.nodes, family.most, fits):
        yield replace(part(nodes), most=per_row)


def _reminder(family: Family, structure: Structure) -> Family:
    """The parent by its name alone, above what goes on on a further sheet."""
    parent = next((line for line in structure.bodies if body_key(line) == family.parent), None)
    card = Card(family.parent, f"{parent.name}（续）", is_small=True) if parent else None
    return Family("", (Node(card),) if card else (), 1, 320)


def _height(given: Sequence[Family]) -> float:
    return families(given, WIDE).height
