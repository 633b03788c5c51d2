"""动态的查询: who sees which, what a list and a record show, what waits for whom."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from tizhi.base.audit.models import Entry
from tizhi.base.audit.queries import in_a_row
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.scheme.entries import Briefs
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.scheme.queries import in_force

from .deadlines import Deadlines
from .models import Activity, ActivityFile, ActivityUnit

State = Activity.State
NOTHING = Q(pk__in=())
AUTOSAVED = "activities.save_draft"
BEYOND_THE_UNIT = (State.SUBMITTED, State.ACCEPTED, State.PUBLISHED)


# Who sees which


def visible_to(actor: Actor) -> QuerySet[Activity]:
    """The activities that `actor` may read, in one expression.

    Published ones: every post-holder but those who read issued reports only. A brief on its way: its unit from the
    signature on, the units that took part and the cluster office once it has left the unit. Drafts, also those in the
    recycle bin: who enters or signs for the unit.
    """
    if actor.cluster_id is None or actor.powers == {"read-issued"}:
        return Activity.objects.none()
    return Activity.objects.filter(_visible(actor), cluster=actor.cluster_id)


def _visible(actor: Actor) -> Q:
    left_its_unit = Q(state__in=BEYOND_THE_UNIT)
    sees = Q(state=State.PUBLISHED) | Q(unit__in=works_for(actor))
    if actor.has("secretariat") or actor.has("read-cluster"):
        near = frozenset({actor.unit_id})
        sees |= left_its_unit | Q(state=State.RETURNED, submitted_at__isnull=False, binned_at=None)
    else:
        near = actor.reads
        took_part = Exists(ActivityUnit.objects.filter(activity=OuterRef("pk"), unit__in=near))
        sees |= left_its_unit & Q(took_part)
    # What waits for a unit's own signature is that unit's business, also for who reads the whole cluster.
    return sees | (Q(unit__in=near, binned_at=None) & ~Q(state=State.DRAFT))


def published_for(actor: Actor) -> QuerySet[Activity]:
    """What is published in the actor's cluster: all of it is everybody's who sees any activity there."""
    if actor.cluster_id is None or actor.powers == {"read-issued"}:
        return Activity.objects.none()
    return Activity.objects.filter(cluster=actor.cluster_id, state=State.PUBLISHED)


def works_for(actor: Actor) -> frozenset[int]:
    """The units whose drafts `actor` sees: those it enters for, and the one it signs for."""
    signs = {actor.unit_id} if actor.has("approve-unit") and actor.unit_id else set()
    return actor.reports_for | signs


# Lists


def rows(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """What a row of a list shows – unit, area, the other units, number of photos – in a constant number of queries."""
    photos = ActivityFile.objects.filter(activity=OuterRef("pk"), kind=ActivityFile.Kind.PHOTO).order_by()
    count = photos.values("activity").annotate(n=Count("pk")).values("n")
    return (
        activities.select_related("unit", "area")
        .prefetch_related(_with_units())
        .annotate(photo_count=Coalesce(Subquery(count, output_field=IntegerField()), 0))
    )


def _with_units() -> Prefetch:
    return Prefetch("units", ActivityUnit.objects.select_related("unit"))


def with_people(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """What an export tells of each: units and leaders."""
    return activities.select_related("unit", "area").prefetch_related(_with_units(), "leaders")


def in_full(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """What a record shows: units under all their names, leaders, files, remarks."""
    files = Prefetch("files", ActivityFile.objects.select_related("file"))
    full = with_people(activities).select_related("writer")
    return full.prefetch_related("unit__former_names", "units__unit__former_names", files, "remarks")


def concerning(activities: QuerySet[Activity], unit: int) -> QuerySet[Activity]:
    """Those that `unit` reported or took part in."""
    took_part = Exists(ActivityUnit.objects.filter(activity=OuterRef("pk"), unit=unit))
    return activities.filter(Q(unit=unit) | Q(took_part))


def within(activities: QuerySet[Activity], period: Period) -> QuerySet[Activity]:
    """Those of a period: an activity belongs to the one its last day lies in [F1]."""
    return activities.filter(last_day__range=(period.first, period.last))


def matching(activities: QuerySet[Activity], words: str) -> QuerySet[Activity]:
    """Those whose title, place or text hold each of `words`."""
    for word in words.split():
        activities = activities.filter(Q(title__icontains=word) | Q(place__icontains=word) | Q(text__icontains=word))
    return activities


def late(activities: QuerySet[Activity], deadlines: Deadlines) -> list[int]:
    """Ids of those sent after their deadline; the working-day calendar decides, so not the database."""
    sent = activities.filter(sent_at__isnull=False, last_day__isnull=False)
    return [
        pk
        for pk, last_day, sent_at in sent.order_by().values_list("pk", "last_day", "sent_at")
        if (found := deadlines.timeliness(last_day, sent_at)) and found.code == "late"
    ]


def briefs_of_study(study: int) -> QuerySet[Activity]:
    """The briefs that tell of a study, in whatever state, but those in the recycle bin."""
    return Activity.objects.filter(study=study, binned_at=None)


def brief_of_study(actor: Actor, study: int) -> Activity | None:
    """The brief of a study, if the actor may read it."""
    return visible_to(actor).filter(study=study, binned_at=None).order_by("pk").first()


def files_of(activities: QuerySet[Activity]) -> QuerySet:
    """The ids of the files that stand with `activities`."""
    return ActivityFile.objects.filter(activity__in=activities.order_by()).values("file")


def reported(activities: QuerySet[Activity], period: Period) -> QuerySet[Activity]:
    """Those of `period` that were sent, whatever became of them since."""
    return within(activities, period).filter(sent_at__isnull=False, binned_at=None)


# One brief


def entered_for(actor: Actor) -> list[Member]:
    """The units that `actor` enters for, as they stand in its cluster today."""
    there = Member.objects.on(clock.today()).filter(cluster=actor.cluster_id, unit__in=actor.reports_for)
    return list(there.select_related("unit"))


def history(activity: Activity, most: int = 400) -> list[Entry]:
    """What was done to a brief, newest first; what one person saved in a row stands as one."""
    kind = ContentType.objects.get_for_model(Activity)
    entries = Entry.objects.filter(kind=kind, target_id=activity.pk)[:most]
    return in_a_row(entries, AUTOSAVED)


def briefs_of(cluster: int) -> Briefs | None:
    """What the scheme in force says of briefs."""
    return in_force(cluster, clock.today()).briefs


def signers(activity: Activity) -> list[Appointment]:
    """Who is asked to sign: the holders of the post the scheme names; while nobody holds it, all who may sign."""
    briefs = briefs_of(activity.cluster_id)
    held = Appointment.objects.on(clock.today()).filter(cluster=activity.cluster_id, unit=activity.unit_id)
    posts = held.filter(post__isnull=False).select_related("person", "post", "unit").order_by("post__rank", "pk")
    may_sign = [one for one in posts if "approve-unit" in one.powers]
    return [one for one in may_sign if one.post and briefs and one.post.key == briefs.approved_by] or may_sign


# What waits for whom


def waiting_for(actor: Actor) -> list[Todo]:
    """Briefs to finish, to correct, to sign and to accept; each step has as many working days as a brief has."""
    if actor.cluster_id is None:
        return []
    of_cluster = Activity.objects.filter(cluster=actor.cluster_id, binned_at=None).select_related("unit", "writer")
    waiting = of_cluster.filter(_to_write(actor) | _to_sign(actor) | _to_accept(actor)).order_by("held_since", "pk")
    deadlines = Deadlines(actor.cluster_id)
    return [_todo(activity, deadlines) for activity in waiting]


def _to_write(actor: Actor) -> Q:
    """One's own unfinished and returned briefs, and those of the unit's people who have left their posts."""
    if not actor.reports_for:
        return NOTHING
    in_post = Appointment.objects.on(clock.today()).filter(cluster=actor.cluster_id, person=OuterRef("writer"))
    own = Q(writer=actor.person_id, unit__in=actor.reports_for) | (Q(unit=actor.unit_id) & ~Exists(in_post))
    return own & Q(state__in=(State.DRAFT, State.RETURNED))


def _to_sign(actor: Actor) -> Q:
    """What waits for the signature of the actor, or of somebody it acts for [B7]."""
    signs = Q()
    for one in (actor, *actor.principals):
        if one.has("approve-unit") and is_asked_to_sign(one):
            signs |= Q(unit=one.unit_id, state=State.APPROVING)
    return signs or NOTHING


def is_asked_to_sign(actor: Actor) -> bool:
    """Whether what leaves the unit waits for `actor`: in the post the scheme names, or while nobody holds that post."""
    briefs = briefs_of(actor.cluster_id) if actor.cluster_id else None
    if briefs is None or actor.post == briefs.approved_by:
        return True
    named = Appointment.objects.on(clock.today()).filter(post__key=briefs.approved_by, unit=actor.unit_id)
    return not named.filter(cluster=actor.cluster_id).exists()


def _to_accept(actor: Actor) -> Q:
    return Q(state=State.SUBMITTED) if actor.has("secretariat") else NOTHING


_WAITS = {
    State.DRAFT: ("填完", "pencil", "继续填写"),
    State.RETURNED: ("修改", "arrow-back-up", "修改"),
    State.APPROVING: ("审签", "signature", "审签"),
    State.SUBMITTED: ("接收", "inbox", "查看"),
}


def _todo(activity: Activity, deadlines: Deadlines) -> Todo:
    state = State(activity.state)
    verb, icon, button = _WAITS[state]
    page = "activities:edit" if activity.is_open else "activities:show"
    if state == State.DRAFT:
        due = deadlines.of(activity.last_day)
    else:
        since = timezone.localtime(activity.held_since).date()
        due = deadlines.after(since, under=since)
    about = (
        f"退回原因：{activity.return_reason}"
        if state == State.RETURNED
        else f"{activity.unit.called} {activity.writer}"
    )
    return Todo(verb, str(activity), about, page, (activity.pk,), due.day if due else None, icon, button)
