"""问诊的查询: who reads which case, who may advise, what stands in the case base, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When

from tizhi.base.audit.models import Entry
from tizhi.base.audit.queries import history_of, in_a_row
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.queries import visible_to as visible_activities
from tizhi.pipeline.activities.queries import works_for
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Area, Cluster, Member, Unit, UnitRole
from tizhi.pipeline.scheme.standing import standing
from tizhi.pipeline.scheme.who import colleague
from tizhi.pipeline.studies.models import Finding

from . import rules
from .models import Consultant, Consultation, ConsultationFile

State, Asked = Consultation.State, Consultant.State
# Those who help: the lead and the partners; a school in need owns nobody's case.
HELPERS: Final = (UnitRole.Role.LEAD, UnitRole.Role.PARTNER)
AUTOSAVED: Final = "consultations.change_case"


# Who reads which


def visible_to(actor: Actor) -> QuerySet[Consultation]:
    """The cases that `actor` reads, in one expression.

    Drafts: who writes or signs for the school. Else the school and whoever reads its work (its pair's offices, its
    province, who reads the cluster), the unit that owns the case, who assigns experts, and the experts who were asked
    and have not declined. No other school.
    """
    if actor.cluster_id is None or not colleague(actor, None):
        return Consultation.objects.none()
    drafts = Q(state=State.DRAFT, unit=actor.unit_id, unit__in=works_for(actor))
    return Consultation.objects.filter(drafts | (~Q(state=State.DRAFT) & _reads(actor)), cluster=actor.cluster_id)


def _reads(actor: Actor) -> Q:
    if actor.has("assign-experts"):
        return Q()
    asked = Consultant.objects.filter(consultation=OuterRef("pk"), person=actor.person_id or 0)
    sees = Q(Exists(asked.exclude(state=Asked.DECLINED)))
    # A seat that makes somebody an expert and nothing else opens only what he was asked to.
    if actor.powers - {"expert"} or not actor.has("expert"):
        sees |= Q(unit__in=actor.reads) | Q(helper=actor.unit_id or 0)
    return sees


def asks_for(actor: Actor) -> Member | None:
    """The school whose cases `actor` may write, as it stands in the cluster today."""
    if actor.unit_id not in works_for(actor) or not is_supported(actor.cluster_id, actor.unit_id):
        return None
    there = Member.objects.on(clock.today()).filter(cluster=actor.cluster_id, unit=actor.unit_id)
    return there.select_related("unit").first()


def is_supported(cluster: int | None, unit: int | None) -> bool:
    """Whether the unit is a supported school today."""
    if cluster is None or unit is None:
        return False
    return UnitRole.Role.SUPPORTED in standing(cluster).roles_on(clock.today()).get(unit, ())


def helpers(cluster: Cluster | int) -> list[Unit]:
    """The units that may own a case: the lead and the partners, in the scheme's order."""
    rows = standing(cluster)
    roles = rows.roles_on(clock.today())
    return [one.unit for one in rows.members_on(clock.today()) if set(HELPERS) & set(roles.get(one.unit_id, ()))]


def partners_of(cluster: int, school: int) -> frozenset[int]:
    """The partners paired with a school today."""
    return frozenset(partner for partner, of in standing(cluster).pairs_on(clock.today()) if of == school)


def files_of(consultations: QuerySet[Consultation]) -> QuerySet:
    """The ids of the papers that stand with `consultations`."""
    return ConsultationFile.objects.filter(consultation__in=consultations.order_by()).order_by().values("file")


def of_findings(actor: Actor, findings: Iterable[int]) -> dict[int, list[Consultation]]:
    """The cases that came from each of these findings, as far as `actor` reads them; one query."""
    found: dict[int, list[Consultation]] = {}
    for one in visible_to(actor).filter(finding__in=list(findings)).order_by("pk"):
        found.setdefault(one.finding_id or 0, []).append(one)
    return found


def of_needs(actor: Actor, needs: Iterable[int]) -> dict[int, list[Consultation]]:
    """The cases that belong to each of these needs, as far as `actor` reads them; one query."""
    found: dict[int, list[Consultation]] = {}
    for one in visible_to(actor).filter(need__in=list(needs)).order_by("pk"):
        found.setdefault(one.need_id or 0, []).append(one)
    return found


# Lists


def rows(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """What a row of a list shows, in a constant number of queries; what is still open first, the oldest of it first."""
    rank = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(_ORDER)), default=Value(len(_ORDER))
    )
    told = consultations.select_related("unit", "helper", "area")
    counted = told.annotate(accepted=Count("consultants", filter=Q(consultants__state=Asked.ACCEPTED)))
    return counted.order_by(rank, "-asked_at", "-pk")


_ORDER: Final = (State.DRAFT, State.ASKED, State.TRIAGED, State.ANSWERED, State.DECIDED, State.CLOSED, State.WITHDRAWN)


def in_full(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """With everything that its page shows."""
    experts = Consultant.objects.select_related("person__unit")
    return consultations.select_related(
        "unit", "helper", "area", "need", "finding__study", "activity", "writer"
    ).prefetch_related("files__file", "effects", Prefetch("consultants", experts))


def matching(consultations: QuerySet[Consultation], words: str) -> QuerySet[Consultation]:
    """Those whose problem, account or advice hold each word."""
    for word in words.split():
        here = Q(title__icontains=word) | Q(text__icontains=word) | Q(wanted__icontains=word)
        consultations = consultations.filter(here | Q(advice__icontains=word))
    return consultations


def history(consultation: Consultation) -> list[Entry]:
    """What was done to a case, newest first; what one person saved in a row stands as one."""
    return in_a_row(history_of(consultation), AUTOSAVED)


def unanswered(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Those that still wait for their answer."""
    return consultations.filter(state__in=rules.OPEN)


def schools_in(consultations: QuerySet[Consultation]) -> QuerySet[Unit]:
    """The schools that asked any of them."""
    return Unit.objects.filter(pk__in=consultations.order_by().values("unit")).order_by("pk")


def needs_of(cluster: int, school: int, chosen: int | None = None) -> QuerySet[Need]:
    """The needs of a school that a case may belong to: those still open, and the one chosen before."""
    there = Need.objects.filter(cluster=cluster, unit=school)
    return there.filter(Q(state=Need.State.OPEN) | Q(pk=chosen or 0))


def need_of(actor: Actor, pk: int) -> Need | None:
    """A need of the actor's own school."""
    return Need.objects.filter(cluster=actor.cluster_id, unit=actor.unit_id, pk=pk).select_related("area").first()


def finding_of(actor: Actor, pk: int) -> Finding | None:
    """A finding of a recorded study at the actor's own school."""
    there = Finding.objects.filter(study__cluster=actor.cluster_id, study__school=actor.unit_id)
    there = there.filter(study__recorded_at__isnull=False, study__binned_at=None)
    return there.filter(pk=pk).select_related("study", "area").first()


def areas(cluster: int) -> QuerySet[Area]:
    """What a case may be about."""
    return schemes.areas(cluster)


def guidance_for(actor: Actor, consultation: Consultation) -> QuerySet[Activity]:
    """The briefs of expert guidance in which the school took part, that a session may point to."""
    there = visible_activities(actor).filter(kind="expert-guidance", binned_at=None, units__unit=consultation.unit_id)
    return there.exclude(state=Activity.State.DRAFT).distinct().order_by("-last_day", "-pk")


def consultants_of(actor: Actor) -> QuerySet[Consultant]:
    """The invitations of the cases that `actor` reads."""
    return Consultant.objects.filter(consultation__in=visible_to(actor)).select_related("consultation", "person")


def load_of(people: Iterable[int]) -> dict[int, int]:
    """How many open cases each of `people` was asked to and has not advised on yet."""
    held = Consultant.objects.filter(
        person__in=list(people), state__in=(Asked.INVITED, Asked.ACCEPTED), advised_at=None,
        consultation__state=State.TRIAGED,
    )  # fmt: skip
    return dict(held.order_by().values("person").annotate(n=Count("pk")).values_list("person", "n"))


# The case base


def cases_visible_to(actor: Actor) -> QuerySet[Consultation]:
    """The shared cases of the cluster: everybody's who works in it; their page shows `case_*` and nothing else."""
    if actor.cluster_id is None or not colleague(actor, None):
        return Consultation.objects.none()
    shared = Consultation.objects.filter(cluster=actor.cluster_id, shared_at__isnull=False)
    return shared.select_related("area").order_by("-shared_at", "-pk")


def cases_matching(cases: QuerySet[Consultation], words: str) -> QuerySet[Consultation]:
    """Those of the case base in which each word stands; a word of two characters is found too."""
    for word in words.split():
        here = Q(case_title__icontains=word) | Q(case_text__icontains=word) | Q(case_advice__icontains=word)
        cases = cases.filter(here)
    return cases


# What came between a day and a day: for the ledger


def asked_between(cluster: Cluster | int, first: date, last: date) -> QuerySet[Consultation]:
    """The cases asked in a span of days, also those withdrawn."""
    there = Consultation.objects.filter(cluster=cluster, asked_at__isnull=False)
    return there.filter(asked_at__date__gte=first, asked_at__date__lte=last).order_by("asked_at", "pk")


def told_months(consultation: Consultation) -> set[int]:
    """For which times the effect was told."""
    return set(consultation.effects.values_list("after_months", flat=True))
