"""计划的查询: who reads which plan and which of its texts, what belongs to one, what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme.entries import PlanEntry
from tizhi.pipeline.scheme.models import Member, Unit
from tizhi.pipeline.scheme.who import colleague
from tizhi.pipeline.studies.models import Finding, Study

from .course import Course, courses_of
from .declared import entry_of, kinds
from .evidence import Facts
from .models import Comment, Plan, PlanMeasure, PlanVersion, Presence, Section, SectionFile, SectionPast, StepRecord
from .parties import ENTERS, Parties
from .who import author_for_school, reads_drafts_of, schools_read

PRESENT = timedelta(seconds=60)


# Who reads which


def visible_to(actor: Actor) -> QuerySet[Plan]:
    """The plans of the actor's cluster that are in force, and those whose drafts it reads."""
    if actor.cluster_id is None or not colleague(actor, None):
        return Plan.objects.none()
    there = Plan.objects.filter(cluster=actor.cluster_id)
    schools = schools_read(actor)
    if schools is None:
        return there
    return there.filter(Q(in_force__isnull=False) | Q(unit__in=schools))


def drafts_visible_to(actor: Actor) -> QuerySet[Plan]:
    """The plans whose drafts, comments and every version the actor reads."""
    schools = schools_read(actor)
    found = visible_to(actor)
    return found if schools is None else found.filter(unit__in=schools)


def reads_draft(actor: Actor, plan: Plan) -> bool:
    """Whether the actor reads more of the plan than its text in force."""
    return actor.cluster_id == plan.cluster_id and reads_drafts_of(actor, plan.unit_id)


def versions_visible_to(actor: Actor, plan: Plan) -> QuerySet[PlanVersion]:
    """The frozen texts of a plan that the actor reads: all of them, or the one in force."""
    found = PlanVersion.objects.filter(plan=plan)
    return found if reads_draft(actor, plan) else found.filter(pk=plan.in_force_id or 0)


def in_full(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """With the school at hand."""
    return plans.select_related("unit", "cluster")


def in_order(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """The latest years first, by kind, then by school."""
    return plans.order_by("-last_year", "declared", "unit", "pk")


# What belongs to a plan


def entry_of_plan(plan: Plan) -> PlanEntry | None:
    """What the scheme in force declares of plans of this kind."""
    return entry_of(plan.cluster_id, plan.declared)


def sections_of(plan: Plan) -> list[Section]:
    """The sections as rows, in the order of the scheme; those it no longer names come last, if they have a text."""
    rows = {one.key: one for one in Section.objects.filter(plan=plan)}
    for one in rows.values():
        one.plan = plan
    entry = entry_of_plan(plan)
    keys = [one.id for one in entry.sections] if entry else []
    ordered = [rows.pop(key) for key in keys if key in rows]
    return ordered + [one for one in rows.values() if one.html]


def names_of_sections(plan: Plan) -> dict[str, str]:
    """The names of the sections, by key."""
    entry = entry_of_plan(plan)
    return {one.id: one.name for one in entry.sections} if entry else {}


def pasts_of(section: Section) -> QuerySet[SectionPast]:
    """What stood in the section before, the latest first."""
    return SectionPast.objects.filter(section=section)


def records_of(plan: Plan) -> QuerySet[StepRecord]:
    """Every step that was ever recorded, the undone ones too."""
    return StepRecord.objects.filter(plan=plan).select_related("study", "paper", "version").order_by("pk")


def comments_of(plan: Plan) -> list[Comment]:
    """The comments with their replies at hand, in the order they were made."""
    found = Comment.objects.filter(plan=plan, parent__isnull=True).select_related("person").prefetch_related("replies")
    comments = list(found.order_by("pk"))
    for one in comments:
        one.plan = plan
    return comments


def comments_in(plan: Plan) -> QuerySet[Comment]:
    """The comments and answers as rows."""
    return Comment.objects.filter(plan=plan).select_related("parent", "plan")


def section_rows(plan: Plan) -> QuerySet[Section]:
    """The sections, to find one by its key."""
    return Section.objects.filter(plan=plan)


def comment_counts(plan: Plan) -> dict[str, int]:
    """How many comments are open, by section."""
    still = Comment.objects.filter(plan=plan, parent__isnull=True, resolved_at__isnull=True)
    return dict(still.order_by().values_list("section").annotate(count=Count("pk")))


def measures_of(plan: Plan, *, withdrawn: bool = False) -> QuerySet[PlanMeasure]:
    """The measures with area, needs and findings at hand; withdrawn ones only if asked for."""
    found = PlanMeasure.objects.filter(plan=plan).select_related("area", "plan")
    if not withdrawn:
        found = found.filter(withdrawn_at__isnull=True)
    return found.prefetch_related("needs", "findings__study").order_by("area__order", "order", "pk")


def present_in(plan: Plan) -> QuerySet[Presence]:
    """Who has the plan open right now, and which section."""
    return Presence.objects.filter(plan=plan, at__gte=clock.now() - PRESENT).select_related("person")


def pictures_of(plan: Plan) -> frozenset[int]:
    """The files that may stand in the text."""
    return frozenset(SectionFile.objects.filter(plan=plan).values_list("file", flat=True))


def pictures_in(plans: QuerySet[Plan]) -> QuerySet:
    """The ids of the pictures that may stand in the texts of `plans`."""
    return SectionFile.objects.filter(plan__in=plans.order_by()).order_by().values("file")


def papers_of(plans: QuerySet[Plan]) -> QuerySet:
    """The ids of the papers that stand with the steps of `plans`."""
    return StepRecord.objects.filter(plan__in=plans.order_by(), paper__isnull=False).order_by().values("paper")


# The chain


def measures_of_needs(actor: Actor, needs: Collection[int]) -> QuerySet[PlanMeasure]:
    """The standing measures of visible plans that answer any of these needs."""
    return _standing(actor).filter(needs__in=needs).distinct()


def measures_of_findings(actor: Actor, findings: Collection[int]) -> QuerySet[PlanMeasure]:
    """The standing measures of visible plans that rest on any of these findings."""
    return _standing(actor).filter(findings__in=findings).distinct()


def _standing(actor: Actor) -> QuerySet[PlanMeasure]:
    written = Q(plan__in=drafts_visible_to(actor).order_by())
    in_force = Q(plan__in=visible_to(actor).order_by(), plan__in_force_revision=F("plan__revision"))
    found = PlanMeasure.objects.filter(written | in_force, withdrawn_at__isnull=True)
    return (
        found.select_related("plan__unit", "area").prefetch_related("needs", "findings").order_by("plan", "order", "pk")
    )


def needs_to_choose(plan: Plan) -> QuerySet[Need]:
    """The school's needs that a measure may answer."""
    return (
        Need.objects.filter(cluster=plan.cluster_id, unit=plan.unit_id)
        .exclude(state=Need.State.WITHDRAWN).select_related("area")
    )  # fmt: skip


def findings_to_choose(plan: Plan) -> QuerySet[Finding]:
    """What recorded studies found at the school."""
    return Finding.objects.filter(
        study__cluster=plan.cluster_id, study__school=plan.unit_id, study__recorded_at__isnull=False,
        study__binned_at__isnull=True,
    ).select_related("study", "area")  # fmt: skip


# Opening and doing


def schools_to_write_for(actor: Actor) -> list[Member]:
    """The supported schools that `actor` writes plans for, as they stand in its cluster today."""
    if actor.cluster_id is None or not (actor.has("pair") or any(actor.has(one) for one in ENTERS)):
        return []
    asked = {one.per for one in kinds(actor.cluster_id)}
    there = Parties.of(actor.cluster_id)
    members = Member.objects.on(clock.today()).filter(cluster=actor.cluster_id).select_related("unit")
    near = [one for one in members if asked.intersection(there.roles.get(one.unit_id, ()))]
    return [one for one in near if author_for_school(actor, one)]


def studies_for(plan: Plan, course: Course) -> list[Study]:
    """The studies that may be chosen as evidence of the step that is open."""
    if course.now is None or course.now.declared.evidence.study is None:
        return []
    records = {plan.pk: list(StepRecord.objects.filter(plan=plan))}
    return Facts([plan], {plan.cluster_id: Parties.of(plan.cluster_id)}, records).candidates(plan, course.now.declared)


def schools_in(plans: QuerySet[Plan]) -> QuerySet[Unit]:
    """The schools that have a plan among these."""
    return Unit.objects.filter(pk__in=plans.order_by().values("unit")).order_by("pk")


def years_in(plans: QuerySet[Plan]) -> list[int]:
    """The years that plans among these cover, the latest first."""
    spans = plans.order_by().values_list("first_year", "last_year").distinct()
    return sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)


def without_plan(actor: Actor, declared: str, first_year: int) -> list[Unit]:
    """The schools, of those whose drafts the actor reads, that have no plan of a kind that begins in a year."""
    if actor.cluster_id is None or (entry := entry_of(actor.cluster_id, declared)) is None:
        return []
    there = Parties.of(actor.cluster_id)
    have = set(
        Plan.objects.filter(cluster=actor.cluster_id, declared=declared, first_year=first_year).values_list(
            "unit", flat=True
        )
    )
    schools = [one for pk, one in there.units.items() if entry.per in there.roles.get(pk, ()) and pk not in have]
    return [one for one in schools if reads_drafts_of(actor, one.pk)]


# What waits for whom


def under_way(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Those whose current revision is not yet in force."""
    return plans.filter(Q(in_force_revision__isnull=True) | Q(in_force_revision__lt=F("revision")))


def may_wait(actor: Actor) -> QuerySet[Plan] | None:
    """The plans under way whose drafts the actor reads and may take a step further."""
    return under_way(drafts_visible_to(actor)) if _does_steps(actor) else None


def waiting_for(actor: Actor) -> list[Todo]:
    """The plans whose open step is the actor's to do; of a review the reviews tell."""
    found = may_wait(actor)
    if found is None:
        return []
    plans = list(in_full(found))
    courses = courses_of(plans)
    return [_todo(courses[one.pk]) for one in plans if _waits(actor, courses[one.pk])]


def _does_steps(actor: Actor) -> bool:
    return actor.cluster_id is not None and any(actor.has(one) for one in (*ENTERS, "pair", "secretariat"))


def _waits(actor: Actor, course: Course) -> bool:
    now, plan = course.now, course.plan
    if now is None or course.entry is None or plan.is_text_open or now.declared.evidence.conclusion is not None:
        return False
    there = Parties.of(plan.cluster_id)
    by: Iterable[str] = now.declared.by
    if course.wants_acceptance and course.handed is None:
        by = (course.entry.author,)
    return there.acts_as(actor, by, plan.unit_id)


def _todo(course: Course) -> Todo:
    now = course.now
    assert now is not None  # noqa: S101
    waited = f"已等{now.days}天" if now.days else "今天到这一步"
    about = "；".join([waited, *now.missing])
    return Todo(
        now.name, str(course.plan), about, "plans:show", (course.plan.pk,), icon="file-text", button=verb_of(course)
    )


def verb_of(course: Course) -> str:
    """What is to be done next, as the word on its button."""
    if course.now is None:
        return "查看"
    if course.wants_text:
        return "编写送交"
    asked = course.now.declared.evidence
    if asked.needs is not None:
        return "申报完成"
    if asked.study is not None:
        return "选定调研"
    if asked.confirmed:
        return "确认"
    return "核收" if asked.text == "accepted" else "办理"
