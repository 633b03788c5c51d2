"""人选: the experts who may be asked, each with load, absence and what he knows; the barred ones with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tizhi.base.kit import clock, words
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.experts.queries import ExpertOn, experts_of
from tizhi.pipeline.scheme.models import Area

from . import queries, secrecy
from .models import Assignment, Review


@dataclass(frozen=True)
class Candidate:
    """An expert beside a review: why not, what would have to be said aloud, how well he fits, whether asked already."""

    expert: ExpertOn
    load: int
    seen: int = 0
    barred: str = ""
    fits: Sequence[Area] = ()
    assignment: Assignment | None = None

    @property
    def is_full(self) -> bool:
        """Whether one more would be more at once than he takes on."""
        return self.load >= self.expert.at_once

    @property
    def is_asked(self) -> bool:
        """Whether he takes part already."""
        return self.assignment is not None and self.assignment.is_live

    @property
    def why_override(self) -> str:
        """What would need a written reason, in words; nothing when nothing would."""
        said = []
        if self.is_full:
            said.append(f"已达本人设定的同时{self.expert.at_once}件")
        if self.expert.is_absent:
            said.append("正在请假")
        elif self.expert.absences:
            first = self.expert.absences[0]
            if first.begins:
                said.append(f"{words.span(first.begins, first.ends)}请假")
        return "，".join(said)


def candidates(review: Review, actor: Actor | None = None) -> list[Candidate]:
    """Every expert of the committee: who may be asked first, of them the best fitting and least loaded on top.

    What `actor` is told of a load (`seen`) leaves out the reviews that concern himself.
    """
    experts = experts_of(review.cluster_id, clock.today())
    people = [one.person.pk for one in experts]
    barred = secrecy.conflicts_on(review.plan, review.step, people)
    load = queries.load_of(people)
    seen = queries.load_seen(actor, people) if actor else {}
    asked = {one.person_id: one for one in review.assignments.all()}
    areas = {one.get("area") for one in review.version_read.content}
    found = [
        Candidate(
            one, load.get(one.person.pk, 0), seen.get(one.person.pk, 0), barred.get(one.person.pk, ""),
            [area for area in one.areas if area.key in areas], asked.get(one.person.pk),
        )
        for one in experts
    ]  # fmt: skip
    return sorted(found, key=_rank)


def candidate(review: Review, person: int) -> Candidate | None:
    """One expert of the committee."""
    return next((one for one in candidates(review) if one.expert.person.pk == person), None)


def _rank(one: Candidate) -> tuple[bool, bool, bool, int, int]:
    return bool(one.barred), one.is_asked, bool(one.why_override), -len(one.fits), one.load
