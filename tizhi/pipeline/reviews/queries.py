"""专家审核的查询: who reads which review, whose opinions, points and replies; what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from tizhi.base.audit.models import Entry
from tizhi.base.kit.actor import Actor
from tizhi.base.notices.models import Notice
from tizhi.pipeline.plans import queries as plan_queries
from tizhi.pipeline.plans.course import Course, courses_of
from tizhi.pipeline.plans.models import Plan, SectionFile

from . import secrecy
from .models import Assignment, Opinion, Point, Reply, Review

State, Given = Review.State, Assignment.State
RUNNING = (State.ASSIGNING, State.REVIEWING)
KIND, REPLY_KIND = "review", "review-reply"


# Who reads what


def visible_to(actor: Actor) -> QuerySet[Review]:
    """The reviews an actor may open, in whichever part: nothing of a review that he must not judge."""
    if actor.cluster_id is None:
        return Review.objects.none()
    seen = secrecy.as_assigner(actor) | secrecy.as_expert(actor) | secrecy.as_author(actor) | secrecy.as_reader(actor)
    return Review.objects.filter(seen, cluster=actor.cluster_id)


def judged_by(actor: Actor) -> QuerySet[Review]:
    """Those he assigns or reviews: what stands on the list of the committee."""
    if actor.cluster_id is None:
        return Review.objects.none()
    return Review.objects.filter(secrecy.as_assigner(actor) | secrecy.as_expert(actor), cluster=actor.cluster_id)


def assigned_by(actor: Actor) -> QuerySet[Review]:
    """Those for which `actor` assigns experts."""
    return _here(actor, secrecy.as_assigner(actor))


def read_as_expert(actor: Actor) -> QuerySet[Review]:
    """Those that `actor` reads as an expert."""
    return _here(actor, secrecy.as_expert(actor))


def read_as_author(actor: Actor) -> QuerySet[Review]:
    """Those that were concluded on a plan that `actor` writes or that is for its school."""
    return _here(actor, secrecy.as_author(actor))


def _here(actor: Actor, seen: Q) -> QuerySet[Review]:
    return Review.objects.filter(seen, cluster=actor.cluster_id)


def assignments_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """Who is assigned, with names and states: all to who assigns, to an expert his own."""
    mine = Q(review__in=read_as_expert(actor), person=actor.person_id, state__in=secrecy.LIVE)
    return Assignment.objects.filter(Q(review__in=assigned_by(actor)) | mine)


def opinions_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """The assignments whose opinion an actor may read.

    His own; the others' that are handed in once he has handed in his own, or as who assigns when he has none to give;
    all that were handed in, for the authors and the school, once the review is concluded.
    """
    mine = Q(review__in=read_as_expert(actor), person=actor.person_id, state__in=secrecy.LIVE)
    as_expert = read_as_expert(actor).filter(secrecy.has_given(actor.person_id))
    as_assigner = assigned_by(actor).exclude(secrecy.is_pending(actor.person_id))
    others = Q(review__in=as_expert) | Q(review__in=as_assigner) | Q(review__in=read_as_author(actor))
    return Assignment.objects.filter(mine | (others & Q(state=Given.SUBMITTED)))


def sections_visible_to(actor: Actor) -> QuerySet[Opinion]:
    """What is said of each section, of the opinions an actor may read."""
    return Opinion.objects.filter(assignment__in=opinions_visible_to(actor).order_by())


def points_visible_to(actor: Actor) -> QuerySet[Point]:
    """The points of opinions an actor may read, and those of every conclusion open to it."""
    concluded = Q(number__isnull=False, assignment__review__in=_readable(actor))
    return Point.objects.filter(concluded | Q(assignment__in=opinions_visible_to(actor).order_by()))


def _readable(actor: Actor) -> QuerySet[Review]:
    """Concluded readings whose points go to everybody who may open them; an expert of a later reading reads on."""
    if actor.cluster_id is None:
        return Review.objects.none()
    later = Review.objects.filter(plan=OuterRef("plan"), step=OuterRef("step"), pk__gt=OuterRef("pk"))
    reads_on = Exists(later.filter(pk__in=judged_by(actor).order_by().values("pk")))
    concluded = Review.objects.filter(cluster=actor.cluster_id, concluded_at__isnull=False)
    return concluded.filter(Q(pk__in=visible_to(actor).order_by().values("pk")) | Q(reads_on))


def replies_visible_to(actor: Actor) -> QuerySet[Reply]:
    """The replies to visible points: of the authors at once, of everybody else when they were handed in."""
    own = Q(point__assignment__review__in=read_as_author(actor))
    open_ones = Q(point__in=points_visible_to(actor).order_by())
    return Reply.objects.filter(open_ones & (own | Q(point__assignment__review__replied_at__isnull=False)))


def papers_of(actor: Actor) -> QuerySet:
    """The ids of the signed opinions an actor may open: its own, and all of them as who assigns."""
    signed = assignments_visible_to(actor).filter(pk__in=opinions_visible_to(actor).order_by().values("pk"))
    return signed.filter(signed__isnull=False).order_by().values("signed")


def pictures_of(actor: Actor) -> QuerySet:
    """The ids of the pictures in the texts that an actor reviews: an expert reads a plan through his assignment."""
    plans = judged_by(actor).order_by().values("plan")
    return SectionFile.objects.filter(plan__in=plans).order_by().values("file")


def history_open_to(entries: QuerySet[Entry], actor: Actor) -> QuerySet[Entry]:
    """`entries` without what was done in reviews that `actor` does not assign: the names stay with who assigns."""
    ours = entries.filter(kind__app_label="reviews")
    reviews = assigned_by(actor).order_by()
    inside = {
        "review": reviews.values("pk"),
        "assignment": Assignment.objects.filter(review__in=reviews).order_by().values("pk"),
    }
    seen = Q(pk__in=[])
    for model, ids in inside.items():
        seen |= Q(kind__model=model, target_id__in=ids)
    return entries.exclude(Q(pk__in=ours.order_by().values("pk")) & ~seen)


def history_of(review: Review) -> QuerySet[Entry]:
    """What was done to a review and to the places of its experts, the latest first: for who assigns them."""
    places = Assignment.objects.filter(review=review).order_by().values("pk")
    ours = Q(kind__model="review", target_id=review.pk) | Q(kind__model="assignment", target_id__in=places)
    saved = Q(code="reviews.save_opinion")
    found = Entry.objects.filter(ours, kind__app_label="reviews").exclude(saved)
    return found.select_related("countersign")


def notices_open_to(notices: QuerySet[Notice], cluster: int | None, person: int | None) -> QuerySet[Notice]:
    """`notices` without those about reviews that the person must not judge by now."""
    if cluster is None or person is None:
        return notices
    hidden = [f"{KIND}|{pk}|" for pk in secrecy.conflicted_reviews(cluster, person).values_list("pk", flat=True)]
    for key in hidden:
        notices = notices.exclude(key__startswith=key)
    return notices


# The list


def in_full(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """With plan, school and text at hand, and how many opinions are asked and handed in: one query."""
    live = Count("assignments", filter=Q(assignments__state__in=secrecy.LIVE))
    given = Count("assignments", filter=Q(assignments__state=Given.SUBMITTED))
    rows = reviews.select_related("plan__unit", "plan__cluster", "version_read", "chair", "cluster", "previous")
    return rows.annotate(asked=live, given=given)


def in_order(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """What still runs first, by its due day; what is over then, the latest first."""
    is_over = Case(When(state=State.CLOSED, then=Value(1)), default=Value(0))
    return reviews.order_by(is_over, "due", "-pk")


def states_of(reviews: Iterable[Review], actor: Actor) -> dict[int, Assignment]:
    """Where the actor itself stands in each of `reviews`; one query."""
    mine = Assignment.objects.filter(review__in=[one.pk for one in reviews], person=actor.person_id)
    return {one.review_id: one for one in mine.filter(state__in=secrecy.LIVE)}


def states_of_one(review: Review, actor: Actor) -> QuerySet[Assignment]:
    """The actor's own place in a review, as long as he takes part."""
    return Assignment.objects.filter(review=review, person=actor.person_id, state__in=secrecy.LIVE)


def of_plan(actor: Actor, plan: int) -> QuerySet[Review]:
    """The readings of a plan that the actor may open, the last one first."""
    return visible_to(actor).filter(plan=plan).order_by("-pk")


def running_of(plan: int) -> Review | None:
    """The reading of a plan that is not over, whoever asks: for rules, not for pages."""
    return Review.objects.filter(plan=plan).exclude(state=State.CLOSED).first()


def chain_of(review: Review) -> list[Review]:
    """The readings up to this one, the first one first; one query."""
    found = {one.pk: one for one in Review.objects.filter(plan=review.plan_id).select_related("version_read")}
    chain, pk = [], int(review.pk)
    while pk:
        chain.append(found[pk])
        pk = found[pk].previous_id or 0
    return chain[::-1]


def points_of(reviews: Sequence[Review]) -> QuerySet[Point]:
    """The numbered points of these readings, in order, with who made them and what was replied."""
    found = Point.objects.filter(assignment__review__in=[one.pk for one in reviews], number__isnull=False)
    return found.select_related("assignment__person", "reply").order_by("number")


def load_of(people: Iterable[int]) -> dict[int, int]:
    """How many reviews each of `people` has agreed to or is asked for, and not handed in; one query."""
    return _load(Assignment.objects.all(), people)


def load_seen(actor: Actor, people: Iterable[int]) -> dict[int, int]:
    """The same as far as `actor` may know: the reviews it assigns, and an expert's own; nothing to everybody else."""
    return _load(assignments_visible_to(actor), people)


def _load(assignments: QuerySet[Assignment], people: Iterable[int]) -> dict[int, int]:
    pending = assignments.filter(
        person__in=list(people), state__in=secrecy.PENDING, review__state__in=RUNNING
    ).order_by()  # fmt: skip
    return dict(pending.values_list("person").annotate(count=Count("pk")))


def waiting_plans(actor: Actor) -> list[Plan]:
    """The plans whose step asks for the experts' conclusion and that nobody reviews yet, for who may open a review."""
    if not actor.has("assign-experts") or actor.cluster_id is None or actor.person_id is None:
        return []
    busy = Review.objects.filter(plan=OuterRef("pk")).exclude(state=State.CLOSED)
    here = Plan.objects.filter(~Exists(busy), cluster=actor.cluster_id).select_related("unit")
    plans = list(plan_queries.under_way(here))
    courses = courses_of(plans)
    due = [one for one in plans if _asks_for_review(courses[one.pk])]
    me = actor.person_id
    return [one for one in due if me not in secrecy.conflicts_on(one, "", [me])]


def _asks_for_review(course: Course) -> bool:
    now = course.now
    return now is not None and now.declared.evidence.conclusion is not None and course.latest is not None


def plan_to_review(actor: Actor, pk: int) -> Plan | None:
    """The plan, for who may assign experts to it: nobody else opens a review, or learns that one could be opened."""
    if not actor.has("assign-experts") or actor.person_id is None:
        return None
    plan = Plan.objects.filter(pk=pk, cluster=actor.cluster_id).select_related("unit").first()
    return plan if plan and actor.person_id not in secrecy.conflicts_on(plan, "", [actor.person_id]) else None
