"""报送的查询: whom a period asks, what has come and when, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period, period_of
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.kinds import KINDS
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.rules import needs_approval
from tizhi.pipeline.calendar.queries import workdays
from tizhi.pipeline.calendar.rules import Deadline
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Body, Cluster, Member, Unit, UnitRole
from tizhi.pipeline.scheme.who import approver_of_unit, colleague, reporter_for_unit

from . import rules
from .models import ContactsConfirmation, Dispatch, UnitInput, Waiver

State = UnitInput.State
TEXTS = rules.TEXTS
KEPT = (State.HANDED_IN, State.EXEMPT)


def visible_to(actor: Actor) -> QuerySet[UnitInput]:
    """Inputs whose text `actor` may read: those of the units it reads."""
    inputs = UnitInput.objects.filter(cluster=actor.cluster_id, unit__in=actor.reads)
    return inputs.select_related("cluster", "unit", "writer")


def input_of(actor: Actor, period: Period, unit: Unit) -> UnitInput | None:
    """The input of `unit` for `period`, unsaved while nobody has begun it; None where `actor` has no business."""
    if stored := visible_to(actor).filter(unit=unit, period=period.key).first():
        return stored
    if actor.cluster_id is None or unit.pk not in actor.reads:
        return None
    cluster = Cluster.objects.get(pk=actor.cluster_id)
    return UnitInput(cluster=cluster, unit=unit, period=period.key) if unit in asked_units(cluster, period) else None


def needs_signature(entry: UnitInput) -> bool:
    """Whether the scheme has a unit's own leader sign what leaves it; one rule with briefs."""
    return needs_approval(schemes.in_force(entry.cluster_id, entry.span.last).briefs)


def due_of(cluster: Cluster | int, period: Period) -> Deadline:
    """The day by which inputs for `period` are in time, under the scheme in force at the period's end."""
    scheme = schemes.in_force(cluster, period.last)
    return workdays().due(rules.input_due(scheme), period, scheme.cluster.starts)


def asked_units(cluster: Cluster, period: Period) -> list[Unit]:
    """The units that owe an input for `period`, in the scheme's order, as of the period's last day."""
    asked, day = set(rules.asked_of(schemes.in_force(cluster, period.last))), period.last
    roles = UnitRole.objects.on(day).filter(cluster=cluster, role__in=asked).values("unit")
    bodies = Body.objects.on(day).filter(cluster=cluster, declared__in=asked, unit__isnull=False).values("unit")
    members = Member.objects.on(day).filter(cluster=cluster).select_related("unit")
    named = Q(unit__kind__in=asked) | Q(unit__in=roles) | Q(unit__in=bodies)
    return [member.unit for member in members.filter(named)]


@dataclass(frozen=True)
class Asked:
    """One unit's standing in a period: what it has handed in, and whether in time."""

    unit: Unit
    entry: UnitInput | None
    due: date

    @property
    def state(self) -> str:
        """The state's code; empty while nothing was begun."""
        return self.entry.state if self.entry else ""

    @property
    def is_exempt(self) -> bool:
        """免报, by name and with a reason."""
        return self.state == State.EXEMPT

    @property
    def is_received(self) -> bool:
        """Signed and handed in, 本期无 included."""
        return self.state == State.HANDED_IN

    @property
    def is_nil(self) -> bool:
        """Handed in as 本期无."""
        return self.is_received and self.entry is not None and self.entry.is_nil

    @property
    def is_in_time(self) -> bool:
        """Received, and first sent by the due day."""
        return self.is_received and self.entry is not None and rules.is_in_time(self.entry.sent_at, self.due)

    @property
    def sent_on(self) -> date | None:
        """The day of the first sending."""
        return timezone.localtime(self.entry.sent_at).date() if self.entry and self.entry.sent_at else None


@dataclass(frozen=True)
class Received:
    """应报、已报、及时 of one period, unit by unit."""

    period: Period
    due: Deadline
    rows: tuple[Asked, ...]

    @property
    def expected(self) -> list[Asked]:
        """Units that owe an input, the exempt left out."""
        return [row for row in self.rows if not row.is_exempt]

    @property
    def exempted(self) -> list[Asked]:
        """The named exceptions: who was excused, by whom and why [F1]."""
        return [row for row in self.rows if row.is_exempt]

    @property
    def received(self) -> list[Asked]:
        """Those that handed in."""
        return [row for row in self.rows if row.is_received]

    @property
    def in_time(self) -> list[Asked]:
        """Those that handed in by the due day."""
        return [row for row in self.rows if row.is_in_time]

    @property
    def missing(self) -> list[Asked]:
        """Those still owing."""
        return [row for row in self.expected if not row.is_received]

    @property
    def missing_names(self) -> list[str]:
        """Who still owes, by short name."""
        return [row.unit.called for row in self.missing]


def received(cluster: Cluster, period: Period) -> Received:
    """What `period` asks of each unit and what has come; the same number of queries for any number of units."""
    due = due_of(cluster, period)
    stored = UnitInput.objects.filter(cluster=cluster, period=period.key).select_related("unit", "writer")
    entries = {entry.unit_id: entry for entry in stored}
    units = asked_units(cluster, period)
    # Who was exempted or handed in stays on the list, whatever a later scheme asks.
    units += [entry.unit for entry in entries.values() if entry.unit not in units and entry.state in KEPT]
    return Received(period, due, tuple(Asked(unit, entries.get(unit.pk), due.day) for unit in units))


def handed_in(cluster: Cluster | int, period: Period) -> list[UnitInput]:
    """The signed inputs of `period`, in the units' order."""
    found = UnitInput.objects.filter(cluster=cluster, period=period.key, state=State.HANDED_IN).select_related("unit")
    order = dict(Member.objects.filter(cluster=cluster).values_list("unit", "order"))
    return sorted(found, key=lambda entry: order.get(entry.unit_id, 0))


def last_plans(entry: UnitInput) -> str:
    """What the unit announced a period ago as its next steps: shown beside the form as a reminder."""
    before = UnitInput.objects.filter(
        cluster=entry.cluster_id, unit=entry.unit_id, period=entry.span.shifted(-1).key, state=State.HANDED_IN
    )
    return before.values_list("next_steps", flat=True).first() or ""


@dataclass(frozen=True)
class Known:
    """What the platform holds of a unit's quarter already, so that nobody types it again."""

    total: int
    kinds: tuple[tuple[str, str], ...]
    latest: tuple[Activity, ...]

    @property
    def rest(self) -> int:
        """How many are not among the latest."""
        return self.total - len(self.latest)


def known_of(actor: Actor, entry: UnitInput, most: int = 8) -> Known:
    """The activities of the period that the unit reported or took part in, as far as `actor` may read them."""
    visible = activities.concerning(activities.visible_to(actor), entry.unit_id).filter(binned_at=None)
    found = list(activities.within(visible, entry.span))
    kinds = []
    for kind in KINDS.values():
        of_kind = [row.details for row in found if row.kind == kind.code]
        if of_kind:
            sums = kind.filled(kind.total(of_kind))
            words = "，".join(f"{figure.label}{figure.words(value)}" for figure, value in sums)
            kinds.append((f"{kind.label}{len(of_kind)}项", words))
    return Known(len(found), tuple(kinds), tuple(found[:most]))


def waiting_for(actor: Actor) -> list[Todo]:
    """Inputs to write, to correct and to sign; of the period just ended, and of this one when its end is near."""
    works = any(one.has("report-unit") or one.has("approve-unit") for one in (actor, *actor.principals))
    if actor.cluster_id is None or not works:
        return []
    cluster = Cluster.objects.get(pk=actor.cluster_id)
    return [todo for period in _asking(cluster) for todo in _todos(actor, cluster, period)]


def _asking(cluster: Cluster) -> list[Period]:
    today = clock.today()
    reports = schemes.in_force(cluster, today).reports
    if reports is None:
        return []
    current = period_of(today, reports.every)
    asking = [current.shifted(-1)] + ([current] if today >= rules.opens_on(current) else [])
    return [period for period in asking if period.first >= cluster.starts]


def _todos(actor: Actor, cluster: Cluster, period: Period) -> list[Todo]:
    due = due_of(cluster, period).day
    stored = UnitInput.objects.filter(cluster=cluster, period=period.key).select_related("cluster", "unit")
    entries = {entry.unit_id: entry for entry in stored}
    todos = []
    for unit in asked_units(cluster, period):
        entry = entries.get(unit.pk) or UnitInput(cluster=cluster, unit=unit, period=period.key)
        if words := _turn(actor, entry):
            verb, about, button = words
            title = f"{unit.called}{period.words}季报材料"
            page = "filings:show" if entry.state == State.APPROVING else "filings:edit"
            todos.append(Todo(verb, title, about, page, (period.key, unit.pk), due, "writing", button))
    return todos


def _turn(actor: Actor, entry: UnitInput) -> tuple[str, str, str] | None:
    """Verb, circumstances and button of what `actor` has to do with `entry`, if anything."""
    if entry.state == State.APPROVING:
        signing = [one for one in (actor, *actor.principals) if approver_of_unit(one, entry)]
        signs = any(activities.is_asked_to_sign(one) for one in signing)
        return ("审签", f"{entry.writer.name if entry.writer else ''}填写", "审签") if signs else None
    if actor.body_id or not reporter_for_unit(actor, entry):
        # A pair office may write for its schools, but it is the school's own staff whom the period waits for.
        return None
    if entry.state == State.RETURNED:
        return "修改", f"退回原因：{entry.return_reason}", "修改"
    if entry.state == State.DRAFT:
        return (
            ("填写", "亮点、问题、偏差、建议和下季度安排", "填写")
            if entry.pk is None
            else ("填完", "草稿尚未报送", "继续填写")
        )
    return None


# What the ledger asks


def waivers_in_force(cluster: Cluster | int) -> QuerySet[Waiver]:
    """What is excused now."""
    return Waiver.objects.filter(cluster=cluster, lifted_at__isnull=True)


def waivers_known(cluster: Cluster | int, at: datetime) -> QuerySet[Waiver]:
    """What was excused at the moment `at`."""
    in_force = Q(lifted_at__isnull=True) | Q(lifted_at__gt=at)
    return Waiver.objects.filter(in_force, cluster=cluster, at__lte=at).order_by("pk")


def waivers_visible_to(actor: Actor) -> QuerySet[Waiver]:
    """Those of the units the actor reads, and of the cluster's own bodies; none for who reads issued reports only."""
    if not colleague(actor, None):
        return Waiver.objects.none()
    return Waiver.objects.filter(Q(unit=None) | Q(unit__in=actor.reads), cluster=actor.cluster_id)


def inputs_known(cluster: Cluster | int, keys: Iterable[str]) -> QuerySet[UnitInput]:
    """What units have written for these periods, in whatever state."""
    return UnitInput.objects.filter(cluster=cluster, period__in=list(keys)).select_related("unit")


def confirmations(cluster: Cluster | int, keys: Iterable[str], at: datetime) -> QuerySet[ContactsConfirmation]:
    """The contacts confirmed for these periods up to `at`, the first of each unit first."""
    return ContactsConfirmation.objects.filter(cluster=cluster, period__in=list(keys), at__lte=at)


def dispatches(cluster: Cluster | int, keys: Iterable[str]) -> QuerySet[Dispatch]:
    """What became of the reports of these periods."""
    return Dispatch.objects.filter(cluster=cluster, period__in=list(keys)).select_related("cluster")


def dispatch_of(cluster: Cluster | int, period: Period, kind: str = Dispatch.Kind.QUARTERLY) -> Dispatch | None:
    """The sending of one report, once it is issued."""
    return dispatches(cluster, [period.key]).filter(kind=kind).first()


def contacts_asked(cluster: Cluster | int, day: date) -> Period | None:
    """The period for which units confirm their contacts on `day`; None where the scheme asks for none [四(三)]."""
    contacts = schemes.in_force(cluster, day).contacts
    return period_of(day, contacts.confirm_every) if contacts and contacts.confirm_every else None


def confirmation_of(member: Member, period: Period) -> ContactsConfirmation | None:
    """The last time the unit confirmed its contacts for `period`."""
    return confirmations(member.cluster_id, [period.key], clock.now()).filter(unit=member.unit_id).last()
