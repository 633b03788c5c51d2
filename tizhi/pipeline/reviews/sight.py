"""所见: one review as an actor sees it – as whom, which opinions, under which names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tizhi.base.kit.actor import Actor

from . import queries, rules
from .models import Assignment, Opinion, Point, Review


@dataclass(frozen=True)
class Sight:
    """As whom somebody opens a review; `mine` is the actor's own place in it as an expert."""

    is_assigner: bool = False
    is_author: bool = False
    mine: Assignment | None = None
    is_chair: bool = False

    @property
    def judges(self) -> bool:
        """Whether he belongs to the committee here: what is unfinished is his business."""
        return self.is_assigner or self.mine is not None


@dataclass(frozen=True)
class SectionSaid:
    """What one expert says of one section."""

    name: str
    opinion: Opinion


@dataclass(frozen=True)
class OpinionSaid:
    """One expert's opinion as it may be read: `called` is a name only for who assigns."""

    assignment: Assignment
    called: str
    sections: Sequence[SectionSaid]
    points: Sequence[Point]
    is_mine: bool


def sight_of(actor: Actor, review: Review) -> Sight:
    """As whom `actor` opens `review`; at most four queries."""
    here = {"pk": review.pk}
    is_assigner = actor.has("assign-experts") and queries.assigned_by(actor).filter(**here).exists()
    mine = None
    if actor.has("expert") and queries.read_as_expert(actor).filter(**here).exists():
        mine = next(iter(queries.states_of_one(review, actor)), None)
    is_author = bool(review.concluded_at) and queries.read_as_author(actor).filter(**here).exists()
    is_chair = mine is not None and review.chair_id == actor.person_id
    return Sight(is_assigner, is_author, mine, is_chair)


def opinions_of(actor: Actor, review: Review, sight: Sight) -> list[OpinionSaid]:
    """The opinions of a reading that `actor` may read, in the experts' order; three queries."""
    rows = queries.opinions_visible_to(actor).filter(review=review).filter(state=Assignment.State.SUBMITTED)
    seen = list(rows.select_related("person", "signed", "review").order_by("number"))
    names = dict(rules.sections_of(review.version_read.content))
    sections: dict[int, list[SectionSaid]] = defaultdict(list)
    for one in Opinion.objects.filter(assignment__in=[row.pk for row in seen]):
        sections[one.assignment_id].append(SectionSaid(names.get(one.section, "其他"), one))
    points: dict[int, list[Point]] = defaultdict(list)
    for point in Point.objects.filter(assignment__in=[row.pk for row in seen]).order_by("order", "pk"):
        points[point.assignment_id].append(point)
    return [
        OpinionSaid(
            row, called(row, sight), sections[row.pk], points[row.pk], row.person_id == actor.person_id
        )
        for row in seen
    ]  # fmt: skip


def called(row: Assignment, sight: Sight) -> str:
    """专家一; with the name for who assigns."""
    return f"{row.called}（{row.person.name}）" if sight.is_assigner else row.called


def points_seen(actor: Actor, review: Review) -> list[Point]:
    """The numbered points of this reading and those before that `actor` may read, with replies it may read."""
    chain = [one.pk for one in queries.chain_of(review)]
    numbered = queries.points_visible_to(actor).filter(assignment__review__in=chain, number__isnull=False)
    points = list(numbered.select_related("assignment__person").order_by("number"))
    replies = {one.point_id: one for one in queries.replies_visible_to(actor).filter(point__in=points)}
    for point in points:
        point.answer = replies.get(point.pk)  # type: ignore[attr-defined]
    return points
