"""保密与回避: which reviews somebody may open, and as whom – narrowed in the query itself, counts included [C6].

An unfinished review is open to who assigns experts and to each expert assigned; to neither of them when he belongs to
the school, to its partner or wrote the plan, on any day from the plan's opening to the end of the review. This is asked
anew at every reading: whoever becomes conflicted later finds nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.memory import once
from tizhi.pipeline.experts.conflicts import conflicted_people, selves, ties_of
from tizhi.pipeline.plans.models import Plan, PlanVersion, Section, StepRecord
from tizhi.pipeline.scheme.standing import standing

from .models import Assignment, Review

LONG_AGO: Final = date(1900, 1, 1)
LIVE: Final = (Assignment.State.INVITED, Assignment.State.ACCEPTED, Assignment.State.SUBMITTED)
PENDING: Final = (Assignment.State.INVITED, Assignment.State.ACCEPTED)
NOTHING: Final = Q(pk__in=[])
# Acts on a plan itself that write its text.
WRITING: Final = ("plans.open_plan", "plans.import_text", "plans.submit_text", "plans.submit_again")


# Conflict


def conflicted_reviews(cluster: int, person: int) -> QuerySet[Review]:
    """The reviews of a cluster that `person` must not see as an expert or as who assigns them."""
    return Review.objects.filter(in_conflict(cluster, person), cluster=cluster)


def in_conflict(cluster: int, person: int) -> Q:
    """A condition on reviews: the person belongs to the school or its partner, or wrote, in the days that matter."""
    return once(("review-conflict", cluster, person), lambda: _belongs(cluster, person) | _wrote(person))


def _belongs(cluster: int, person: int) -> Q:
    found = NOTHING
    pairs = standing(cluster).pairs
    ties = ties_of([person], LONG_AGO, clock.today()).get(person, ())
    for unit, begins, ends in {(tie.unit, tie.begins, tie.ends) for tie in ties}:
        then = _overlaps(begins, ends)
        found |= Q(plan__unit=unit) & then
        for pair in pairs:
            if pair.partner_id == unit:
                found |= Q(plan__unit=pair.supported_id) & then & _overlaps(pair.begins, pair.ends)
    return found


def _overlaps(begins: date | None, ends: date | None) -> Q:
    """The span meets the days from the opening of the plan to the end of its review."""
    found = Q()
    if ends:
        found &= Q(plan__opened_at__lt=clock.midnight(ends + timedelta(days=1)))
    if begins:
        goes_on = Exists(Review.objects.filter(plan=OuterRef("plan")).exclude(state=Review.State.CLOSED))
        found &= Q(concluded_at__isnull=True) | Q(concluded_at__gte=clock.midnight(begins)) | Q(goes_on)
    return found


def _wrote(person: int) -> Q:
    """He opened the plan, changed a section, submitted a text or did a step – the conclusion itself not counted."""
    me = selves(person)
    texts = PlanVersion.objects.filter(plan=OuterRef("plan"), person__in=me)
    steps = StepRecord.objects.filter(plan=OuterRef("plan"), person__in=me).exclude(step=OuterRef("step"))
    sections = Section.objects.filter(plan=OuterRef(OuterRef("plan"))).values("pk")
    typed = Entry.objects.filter(kind=_kind(Section), target_id__in=sections, person_id__in=me)
    imported = Entry.objects.filter(
        kind=_kind(Plan), target_id=OuterRef("plan"), code__in=WRITING, person_id__in=me
    )  # fmt: skip
    written = Q(Exists(texts)) | Q(Exists(typed)) | Q(Exists(imported))
    return Q(plan__writer__in=me) | written | Q(Exists(steps))


def authors_of(plan: Plan, step: str) -> set[int]:
    """Whoever wrote at the plan: the same as above, as people."""
    steps = StepRecord.objects.filter(plan=plan, person__isnull=False).exclude(step=step)
    sections = Section.objects.filter(plan=plan).values("pk")
    typed = Q(kind=_kind(Section), target_id__in=sections)
    imported = Q(kind=_kind(Plan), target_id=plan.pk, code__in=WRITING)
    entries = Entry.objects.filter(typed | imported, person_id__isnull=False).order_by()
    return {
        plan.writer_id, *PlanVersion.objects.filter(plan=plan).values_list("person", flat=True),
        *steps.values_list("person", flat=True),
        *(one for one in entries.values_list("person_id", flat=True).distinct() if one is not None),
    }  # fmt: skip


def conflicts_on(plan: Plan, step: str, people: Iterable[int]) -> dict[int, str]:
    """Those of `people` who must not judge `plan`, from its opening to today, each with the reason in a sentence."""
    since = timezone.localtime(plan.opened_at).date()
    return conflicted_people(
        plan.cluster_id, plan.unit_id, list(people), since, clock.today(), authors_of(plan, step)
    )  # fmt: skip


def _kind(model: type) -> ContentType:
    return ContentType.objects.get_for_model(model)


# As whom somebody sees a review


def as_assigner(actor: Actor) -> Q:
    """Who assigns experts, when nothing ties him to the plan."""
    if not actor.has("assign-experts") or actor.person_id is None or actor.cluster_id is None:
        return NOTHING
    return ~in_conflict(actor.cluster_id, actor.person_id)


def as_expert(actor: Actor) -> Q:
    """An expert who is asked, at work or through, when nothing ties him to the plan."""
    if not actor.has("expert") or actor.person_id is None or actor.cluster_id is None:
        return NOTHING
    mine = Assignment.objects.filter(review=OuterRef("pk"), person=actor.person_id, state__in=LIVE)
    return Q(Exists(mine)) & ~in_conflict(actor.cluster_id, actor.person_id)


def as_author(actor: Actor) -> Q:
    """The pair office that writes the plan and its unit's leaders, and the school: they read what was concluded."""
    units = schools_spoken_for(actor)
    return Q(plan__unit__in=units, concluded_at__isnull=False) if units else NOTHING


def as_reader(actor: Actor) -> Q:
    """Who reads the cluster, or the province of the school: the conclusion, its points and the replies."""
    if actor.has("read-cluster") or actor.has("secretariat"):
        return Q(concluded_at__isnull=False)
    if actor.has("read-province"):
        return Q(plan__unit__in=actor.reads, concluded_at__isnull=False)
    return NOTHING


def schools_spoken_for(actor: Actor) -> frozenset[int]:
    """The schools as whose author, or as which, `actor` reads: by the powers of the post acted in, not by the list."""
    if actor.cluster_id is None or actor.unit_id is None or actor.has("expert") or actor.has("assign-experts"):
        return frozenset()
    if actor.has("pair") or actor.has("project"):
        return actor.reads - ({actor.unit_id} if actor.body_id else frozenset())
    if actor.body_id or not (actor.has("report-unit") or actor.has("approve-unit")):
        return frozenset()
    pairs = standing(actor.cluster_id).pairs_on(clock.today())
    return frozenset({actor.unit_id, *(school for partner, school in pairs if partner == actor.unit_id)})


def is_pending(person: int | None) -> Exists:
    """On reviews: that person is to give an own opinion and has not yet, so he reads none of the others'."""
    return Exists(Assignment.objects.filter(review=OuterRef("pk"), person=person, state__in=PENDING))


def has_given(person: int | None) -> Exists:
    """On reviews: that person has handed in his own opinion."""
    given = Assignment.State.SUBMITTED
    return Exists(Assignment.objects.filter(review=OuterRef("pk"), person=person, state=given))


def of_plan_step(reviews: QuerySet[Review], review: Review) -> QuerySet[Review]:
    """The readings that follow one another for the same step, this one among them, the first one first."""
    return reviews.filter(plan=review.plan_id, step=review.step, cluster=F("plan__cluster")).order_by("pk")
