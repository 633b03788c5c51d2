"""成效的查询: the chains of schools and of plans, as far as the reader sees their pieces; constant queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.needs import queries as needs
from tizhi.pipeline.needs.models import Need, NeedEvent, Trait
from tizhi.pipeline.plans import queries as plans
from tizhi.pipeline.plans.models import Plan, PlanMeasure
from tizhi.pipeline.scheme.models import Unit
from tizhi.pipeline.studies import queries as studies
from tizhi.pipeline.studies.models import Finding

from .chain import Chain, Piece, tied

Pair = tuple[str, str]


def schools_visible_to(actor: Actor) -> list[Unit]:
    """The schools whose chain `actor` reads: those whose diagnosis it reads."""
    return needs.schools_visible_to(actor)


def chains_of(actor: Actor, schools: Iterable[Unit | int]) -> dict[int, Chain]:
    """The chain of each of these schools, with the measures of all of its plans that the actor reads."""
    keys = [one.pk if isinstance(one, Unit) else one for one in schools]
    drafts = plans.drafts_visible_to(actor).filter(unit__in=keys).order_by()
    return _chains(actor, keys, _measures(PlanMeasure.objects.filter(plan__in=drafts)))


def chain_of_school(actor: Actor, school: Unit | int) -> Chain:
    """The chain of one school."""
    (chain,) = chains_of(actor, [school]).values()
    return chain


def chain_of_plan(actor: Actor, plan: Plan) -> Chain:
    """The chain of one plan: its own measures, with the needs and findings of its school."""
    (chain,) = _chains(actor, [plan.unit_id], _measures(PlanMeasure.objects.filter(plan=plan))).values()
    return chain


def _measures(found) -> list[PlanMeasure]:  # type: ignore[no-untyped-def]
    standing = found.filter(withdrawn_at__isnull=True).select_related("plan__unit", "area")
    # Needs and findings by their ids alone: what the reader does not see of them is left out later.
    return list(standing.prefetch_related("needs", "findings").order_by("plan", "area__order", "order", "pk"))


def _chains(actor: Actor, schools: Collection[int], measures: list[PlanMeasure]) -> dict[int, Chain]:
    stated = needs.visible_to(actor).filter(unit__in=schools).exclude(state=Need.State.WITHDRAWN)
    stated = stated.select_related("area").order_by("area__order", "priority", "number", "pk")
    found = studies.findings_visible_to(actor).filter(
        study__school__in=schools, study__recorded_at__isnull=False
    ).order_by("study__last_day", "study", "order", "pk")  # fmt: skip
    rows, findings = list(stated), list(found)
    refined = _refined([need.pk for need in rows])
    taken = _taken({one.pk for one in findings}, rows, refined, measures)
    pairs = _pairs(rows, refined, measures)
    kinds = {one.plan.declared: one.plan for one in measures}
    called = {declared: plan.kind_words for declared, plan in kinds.items()}
    return {
        school: _chain(
            [_need(one) for one in rows if one.unit_id == school],
            [_finding(one, one.pk in taken) for one in findings if one.study.school_id == school],
            [_measure(one, called[one.plan.declared]) for one in measures if one.plan.unit_id == school],
            pairs,
        )
        for school in schools
    }


def _chain(stated: list[Piece], found: list[Piece], planned: list[Piece], pairs: Iterable[Pair]) -> Chain:
    """Strengths and what came of nothing but itself stand in it only where something is tied to them."""
    ties = tied(pairs, [*stated, *found, *planned])
    near = {key for pair in ties for key in pair}
    found = [one for one in found if one.key in near or (one.counts and not one.is_taken)]
    return Chain(stated, found, planned, ties)


# What is tied to what


def _refined(stated: Collection[int]) -> Mapping[int, set[int]]:
    """By need, the findings by which it was refined."""
    by_need: dict[int, set[int]] = defaultdict(set)
    events = NeedEvent.objects.filter(need__in=stated, finding__isnull=False)
    for need, finding in events.values_list("need", "finding"):
        by_need[need].add(finding)
    return by_need


def _pairs(stated: list[Need], refined: Mapping[int, set[int]], measures: list[PlanMeasure]) -> set[Pair]:
    pairs: set[Pair] = set()
    for need in stated:
        of = {*refined.get(need.pk, ()), *([need.finding_id] if need.finding_id else [])}
        pairs |= {(f"need-{need.pk}", f"finding-{finding}") for finding in of}
    for measure in measures:
        key = f"measure-{measure.pk}"
        pairs |= {(f"need-{need.pk}", key) for need in measure.needs.all()}
        pairs |= {(f"finding-{finding.pk}", key) for finding in measure.findings.all()}
    return pairs


def _taken(
    findings: set[int], stated: list[Need], refined: Mapping[int, set[int]], measures: list[PlanMeasure]
) -> set[int]:  # fmt: skip
    """The findings that somebody took up: in a need, a strength or gap, a measure of any plan, or a consultation."""
    taken = {need.finding_id for need in stated} | {one for several in refined.values() for one in several}
    taken |= {finding.pk for measure in measures for finding in measure.findings.all()}
    gaps = Trait.objects.filter(finding__in=findings, withdrawn_at=None).values_list("finding", flat=True)
    out = (Consultation.State.DRAFT, Consultation.State.WITHDRAWN)
    asked = Consultation.objects.filter(~Q(state__in=out), finding__in=findings).values_list("finding", flat=True)
    planned = PlanMeasure.objects.filter(withdrawn_at__isnull=True, findings__in=findings)
    return {*taken, *gaps, *asked, *planned.values_list("findings", flat=True)} - {None}  # type: ignore[return-value]


# The pieces


def _need(one: Need) -> Piece:
    return Piece(
        "need", one.pk, f"N{one.number}", one.title, "needs:show", (one.unit_id, one.number),
        area=one.area.name if one.area else "",
        note=f"{one.get_priority_display()}，{one.get_state_display()}",
        counts=one.state == Need.State.OPEN,
    )  # fmt: skip


def _finding(one: Finding, is_taken: bool) -> Piece:
    words = one.text if len(one.text) <= 60 else f"{one.text[:59]}……"
    return Piece(
        "finding", one.pk, one.get_kind_display(), words, "studies:show", (one.study_id,),
        area=one.area.name if one.area else "", note=one.study.title,
        counts=one.kind != Finding.Kind.STRENGTH, is_taken=is_taken, fragment=f"finding-{one.pk}",
    )  # fmt: skip


def _measure(one: PlanMeasure, called: str) -> Piece:
    plan = f"{one.plan.span_words}{called}"
    return Piece(
        "measure", one.pk, f"M{one.number}", one.title, "plans:measures", (one.plan_id,),
        area=one.area.name if one.area else "", note="，".join(each for each in (plan, one.schedule) if each),
    )  # fmt: skip
