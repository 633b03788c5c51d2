"""依据: whether a step of a plan has what the scheme asks for – needs, a study, a text – and what it still lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef

from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme.entries import PlanStep
from tizhi.pipeline.studies.models import Study, StudyMember

from .models import Plan, PlanVersion, StepRecord
from .parties import Parties

ROUNDS = dict(Study.Round.choices)


def makers(steps: Sequence[PlanStep]) -> frozenset[str]:
    """The steps that bring a text: those it is submitted for; where there is none, those it is accepted by."""
    submitted = frozenset(one.id for one in steps if one.evidence.text == "submitted")
    return submitted or frozenset(one.id for one in steps if one.evidence.text == "accepted")


def sound_studies(studies: Iterable[Study], step: PlanStep, school: int, there: Parties) -> list[Study]:
    """Those of `studies` that may be the evidence of a step: of its round, led by whom it names, with its team.

    A study must carry `has_expert`.
    """
    asked = step.evidence
    units = [there.units_as(one, school) for one in step.by]
    led_by = None if None in units else frozenset(one for some in units for one in some or ())
    return [
        one
        for one in studies
        if one.school_id == school
        and one.round == asked.study
        and (led_by is None or one.unit_id in led_by)
        and (asked.team != "expert" or one.has_expert)  # type: ignore[attr-defined]
    ]


def recorded_studies(cluster_ids: Iterable[int], schools: Iterable[int]) -> list[Study]:
    """The recorded studies of schools, the latest first, each with `has_expert`."""
    experts = StudyMember.objects.filter(study=OuterRef("pk"), is_expert=True)
    found = Study.objects.filter(
        cluster__in=set(cluster_ids), school__in=set(schools), recorded_at__isnull=False, binned_at__isnull=True
    )
    return list(
        found.annotate(has_expert=Exists(experts)).select_related("unit", "report").order_by("-last_day", "-pk")
    )


@dataclass(frozen=True)
class Facts:
    """What the evidence of several plans is read from: at most three queries, each when it is first asked for."""

    plans: Sequence[Plan]
    there: Mapping[int, Parties]
    records: Mapping[int, list[StepRecord]]

    @cached_property
    def _versions(self) -> dict[int, list[PlanVersion]]:
        found: dict[int, list[PlanVersion]] = defaultdict(list)
        ids = [one.pk for one in self.plans]
        for one in PlanVersion.objects.filter(plan__in=ids).defer("content").order_by("number"):
            found[one.plan_id].append(one)
        return found

    @cached_property
    def _needs(self) -> dict[tuple[int, int], int]:
        stated = Need.objects.filter(unit__in={one.unit_id for one in self.plans}).exclude(state=Need.State.WITHDRAWN)
        counted = stated.order_by().values_list("cluster", "unit").annotate(count=Count("pk"))
        return {(cluster, unit): count for cluster, unit, count in counted}

    @cached_property
    def _studies(self) -> list[Study]:
        return recorded_studies((one.cluster_id for one in self.plans), (one.unit_id for one in self.plans))

    def latest(self, plan: Plan) -> PlanVersion | None:
        """The last text that was submitted, of whichever revision."""
        return next(iter(reversed(self._versions.get(plan.pk, []))), None)

    def handed(self, plan: Plan, steps: Sequence[PlanStep], records: list[StepRecord]) -> PlanVersion | None:
        """The text of this revision that lies with whoever is next: the last one, unless it was sent back."""
        latest = self.latest(plan)
        if latest is None or latest.revision != plan.revision:
            return None
        submitted = {one.id for one in steps if one.evidence.text == "submitted"}
        sent_back = {one.version_id for one in records if one.is_return or (one.undone_at and one.step in submitted)}
        return None if latest.pk in sent_back else latest

    def missing(self, plan: Plan, step: PlanStep, handed: PlanVersion | None) -> tuple[str, ...]:
        """Sentences of what the evidence of the open step lacks; what is brought with the act itself is not missing."""
        asked = step.evidence
        if asked.needs is not None:
            count = self._needs.get((plan.cluster_id, plan.unit_id), 0)
            return () if count >= asked.needs else (f"已申报需求{count}条，至少要有{asked.needs}条",)
        if asked.study is not None:
            return self._missing_study(plan, step)
        if asked.text == "accepted" and handed is None:
            return ("编制单位还没有送交文本",)
        if asked.conclusion is not None:
            return ("等待专家评审结论",)
        return ()

    def candidates(self, plan: Plan, step: PlanStep) -> list[Study]:
        """The studies that may be chosen for a step; one that served an earlier revision serves no more."""
        used = {one.study_id for one in self.records.get(plan.pk, []) if one.revision < plan.revision}
        fit = sound_studies(self._studies, step, plan.unit_id, self.there[plan.cluster_id])
        return [one for one in fit if one.pk not in used and one.cluster_id == plan.cluster_id]

    def _missing_study(self, plan: Plan, step: PlanStep) -> tuple[str, ...]:
        if self.candidates(plan, step):
            return ()
        with_expert = "，调研组中要有专家" if step.evidence.team == "expert" else ""
        led_by = self.there[plan.cluster_id].words_of(step.by, plan.unit_id)
        asked = ROUNDS.get(step.evidence.study or "", "调研")
        return (f"还没有登记由{led_by}牵头的{asked}{with_expert}",)
