"""关联链条: what a school needs, what was found, what will be done about it – as pieces and the ties between them.

Projects, indicators and results join it when the platform has them. No database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal

Kind = Literal["need", "finding", "measure"]
KINDS: Final[Mapping[Kind, str]] = {"need": "需求", "finding": "调研发现", "measure": "举措"}
# What comes after, once it is there; said on every page, so that nobody takes its absence for a gap.
NOT_YET: Final = ("帮扶项目", "指标", "成效")
NOT_YET_WORDS: Final = f"举措以后的{'、'.join(NOT_YET)}尚未启用，启用后接在举措后面。"


@dataclass(frozen=True)
class Piece:
    """A need, a finding or a measure: its number and words, where it is told of, and what it is about."""

    kind: Kind
    pk: int
    code: str
    words: str
    url_name: str
    url_args: tuple[object, ...]
    area: str = ""
    note: str = ""
    # Whether it must be carried on: an open need, a gap that was found. A strength or a need already met need not.
    counts: bool = True
    is_taken: bool = False
    fragment: str = ""

    @property
    def key(self) -> str:
        """What tells it from all others of the chain: need-3."""
        return f"{self.kind}-{self.pk}"

    @property
    def said(self) -> str:
        """N3 建设实训课程."""
        return f"{self.code} {self.words}".strip()


@dataclass(frozen=True)
class Break:
    """Where the chain is broken off: at which piece, and in words why."""

    piece: Piece
    words: str


@dataclass(frozen=True)
class Row:
    """A line of the chain: a need with what was found of it and what will be done; parts of it may be missing."""

    need: Piece | None
    findings: Sequence[Piece] = ()
    measures: Sequence[Piece] = ()

    @property
    def pieces(self) -> list[Piece]:
        """All of its pieces."""
        return [*([self.need] if self.need else []), *self.findings, *self.measures]


@dataclass(frozen=True)
class Chain:
    """The pieces of one school or one plan, and which are tied to which (by their keys, the earlier one first)."""

    needs: Sequence[Piece] = ()
    findings: Sequence[Piece] = ()
    measures: Sequence[Piece] = ()
    ties: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @property
    def pieces(self) -> list[Piece]:
        """Every piece, in the order of the chain."""
        return [*self.needs, *self.findings, *self.measures]

    @cached_property
    def _near(self) -> dict[str, set[str]]:
        near: dict[str, set[str]] = {}
        for one, other in self.ties:
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
        return near

    def piece(self, key: str) -> Piece | None:
        """The piece of that key."""
        return next((one for one in self.pieces if one.key == key), None)

    def beside(self, piece: Piece, kind: Kind) -> list[Piece]:
        """The pieces of a kind that are tied to this one, in their order."""
        near = self._near.get(piece.key, set())
        return [one for one in self.pieces if one.kind == kind and one.key in near]

    def around(self, piece: Piece) -> Chain:
        """The chain through one piece, walked both ways: what it is tied to, and what that leads on to.

        A walk goes on in its direction and does not turn: from a need over its measures it does not come back to
        the other needs of these.
        """
        kept = {piece.key, *self._walk(piece, forward=True), *self._walk(piece, forward=False)}
        return replace(
            self,
            needs=[one for one in self.needs if one.key in kept],
            findings=[one for one in self.findings if one.key in kept],
            measures=[one for one in self.measures if one.key in kept],
            ties=frozenset(tie for tie in self.ties if kept.issuperset(tie)),
        )

    def _walk(self, piece: Piece, *, forward: bool) -> set[str]:
        order = list(KINDS)
        reached: set[str] = set()
        edge = {piece.key}
        while edge:
            following = set()
            for key in edge:
                place = order.index(_kind_of(key))
                for other in self._near.get(key, ()):
                    ahead = order.index(_kind_of(other)) > place
                    if ahead is forward and other not in reached:
                        following.add(other)
            reached |= following
            edge = following
        return reached

    @cached_property
    def rows(self) -> list[Row]:
        """Line by line: each need with its findings and measures, then measures without a need, then lone findings."""
        rows = [Row(need, self._found_for(need), self.beside(need, "measure")) for need in self.needs]
        shown = {one.key for row in rows for one in row.pieces}
        lone = [one for one in self.measures if one.key not in shown]
        rows += [Row(None, self.beside(one, "finding"), [one]) for one in lone]
        shown |= {one.key for row in rows for one in row.pieces}
        return rows + [Row(None, [one], ()) for one in self.findings if one.key not in shown]

    def _found_for(self, need: Piece) -> list[Piece]:
        """What was found of a need: what it came from, and what its measures rest on."""
        mine = {one.key for one in self.beside(need, "finding")}
        for measure in self.beside(need, "measure"):
            mine |= {one.key for one in self.beside(measure, "finding")}
        return [one for one in self.findings if one.key in mine]

    @cached_property
    def broken(self) -> list[Break]:
        """Every place where it is broken off."""
        return list(self._breaks())

    def _breaks(self) -> Iterator[Break]:
        for one in self.needs:
            if one.counts and not self.beside(one, "measure"):
                yield Break(one, "没有举措")
        for one in self.measures:
            if not self.beside(one, "need"):
                yield Break(one, "没有对应的需求")
        for one in self.findings:
            if one.counts and not one.is_taken and not self._near.get(one.key):
                yield Break(one, "没有人采用")

    def why_broken(self, piece: Piece) -> str:
        """Why the chain ends at this piece; nothing where it does not."""
        return next((one.words for one in self.broken if one.piece.key == piece.key), "")

    @property
    def answered(self) -> int:
        """How many of the needs that count have a measure."""
        return sum(bool(self.beside(one, "measure")) for one in self.needs if one.counts)

    @property
    def to_answer(self) -> int:
        """How many needs count."""
        return sum(one.counts for one in self.needs)


def _kind_of(key: str) -> Kind:
    return key.partition("-")[0]  # type: ignore[return-value]


def tied(pairs: Iterable[tuple[str, str]], known: Iterable[Piece]) -> frozenset[tuple[str, str]]:
    """The ties of which both ends are known."""
    keys = {one.key for one in known}
    return frozenset(pair for pair in pairs if keys.issuperset(pair))
