"""可邀请的专家: who may be asked to a case – how much he has in hand, when he is away, who may not.

Only open cases are counted: what somebody reviews is not everybody's to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tizhi.base.kit import clock
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts.conflicts import ties_of
from tizhi.pipeline.experts.queries import ExpertOn, experts_of

from . import queries
from .deadlines import Deadlines
from .models import Consultation


@dataclass(frozen=True)
class Candidate:
    """An expert as he stands to one case; `barred` says why he may not advise, `is_asked` that he was asked already."""

    expert: ExpertOn
    load: int
    is_away: bool
    barred: str = ""
    is_asked: bool = False

    @property
    def person(self) -> Person:
        """Who he is."""
        return self.expert.person

    @property
    def is_full(self) -> bool:
        """Whether he has as much in hand as he takes on at once."""
        return self.load >= self.expert.at_once

    @property
    def burden(self) -> str:
        """Why asking him needs to be said aloud: 手上已有3件问诊，办理期间请假; nothing where it does not."""
        told = [f"手上已有{self.load}件问诊"] if self.is_full else []
        return "，".join([*told, *(["办理期间请假"] if self.is_away else [])])

    @property
    def may_be_asked(self) -> bool:
        """Whether he can be chosen at all."""
        return not self.barred and not self.is_asked


def candidates(one: Consultation) -> list[Candidate]:
    """Every expert of the cluster as he stands to a case today; those who may be asked, and are free, first."""
    today = clock.today()
    due = Deadlines(one.cluster_id).day(one.asked_at) or today
    experts = experts_of(one.cluster_id, today)
    people = [expert.person.pk for expert in experts]
    load, barred = queries.load_of(people), own_people(one, people)
    asked = set(one.consultants.values_list("person", flat=True))
    found = [
        Candidate(
            expert,
            load.get(expert.person.pk, 0),
            expert.is_away(today, max(today, due)),
            barred.get(expert.person.pk, ""),
            expert.person.pk in asked,
        )
        for expert in experts
    ]
    return sorted(found, key=lambda each: (not each.may_be_asked, bool(each.burden)))


def own_people(one: Consultation, people: Sequence[int]) -> dict[int, str]:
    """Those of `people` who belong to the school itself since the case was asked, each with the reason: a school is not
    advised by its own. Its partner's people are the help that is meant.
    """
    today = clock.today()
    since = min(one.asked_at.date(), today) if one.asked_at else today
    found = {}
    for person, ties in ties_of(people, since, today).items():
        if tie := next((tie for tie in ties if tie.unit == one.unit_id), None):
            found[person] = f"{tie.words}，本校人员不作为本校问诊的专家"
    return found
