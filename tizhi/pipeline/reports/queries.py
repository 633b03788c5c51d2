"""报告的查询: who reads which report, the tray, what a figure counts, what changed since, what waits for whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localtime

from tizhi.base.audit.models import Entry
from tizhi.base.audit.queries import history_of
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period, period_of
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.calendar.queries import workdays
from tizhi.pipeline.calendar.rules import Deadline
from tizhi.pipeline.filings.rules import report_due
from tizhi.pipeline.scheme.entries import Due
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import in_force, versions_of
from tizhi.pipeline.scheme.who import approver_of_lead, secretariat

from . import rules
from .compiled import Compiled, compiled, from_data
from .gathering import COUNTED
from .models import Brief, Part, Report
from .values import Named

State = Report.State
Fate = Brief.Fate
FROM_SIGNING_ON = (State.SIGNING, State.SIGNED, State.ISSUED)
HEAVY = ("frozen", "basis")


# Who reads which


def visible_to(actor: Actor) -> QuerySet[Report]:
    """Reports whose text `actor` may read.

    In every state for the secretariat and who reads the cluster; from signing on for who signs; issued ones for every
    post-holder of the cluster, the ministry's readers among them.
    """
    reports = Report.objects.filter(cluster=actor.cluster_id).select_related("cluster")
    if actor.has("secretariat") or actor.has("read-cluster"):
        return reports
    signs = any(one.has("approve-unit") and one.leads_cluster for one in (actor, *actor.principals))
    return reports.filter(state__in=FROM_SIGNING_ON if signs else (State.ISSUED,))


def quarters_for(actor: Actor) -> QuerySet[Report]:
    """Reports whose standing – who owes, who handed in – `actor` sees: all of its cluster; the ministry issued ones."""
    reports = Report.objects.filter(cluster=actor.cluster_id).select_related("cluster").defer(*HEAVY)
    return reports.filter(state=State.ISSUED) if actor.powers == {"read-issued"} else reports


def due_of(cluster: Cluster | int, period: Period) -> Deadline | None:
    """The day the report is due, under the scheme in force at the period's end; None where it asks for none."""
    return due_days(cluster, [period])[period]


def due_days(cluster: Cluster | int, periods: Iterable[Period]) -> dict[Period, Deadline | None]:
    """The same for several periods, with as many queries as the scheme has versions."""
    calendar = workdays()
    begun = sorted({version.begins for version in versions_of(cluster)})
    asked: dict[date, Due | None] = {}
    found: dict[Period, Deadline | None] = {}
    for period in periods:
        version = begun[max(bisect_right(begun, period.last) - 1, 0)]
        if version not in asked:
            asked[version] = report_due(in_force(cluster, version))
        found[period] = calendar.due(due, period, period.first) if (due := asked[version]) else None
    return found


def unopened(cluster: Cluster) -> list[Period]:
    """The periods that ought to have a report and have none yet."""
    today = clock.today()
    reports = in_force(cluster, today).reports
    if reports is None:
        return []
    busy = Activity.objects.filter(cluster=cluster, state__in=COUNTED, binned_at=None)
    days = busy.order_by().values_list("last_day", flat=True).distinct()
    keys = {period_of(day, reports.every).key for day in days if day}
    opened = set(Report.objects.filter(cluster=cluster).values_list("period", flat=True))
    first = cluster.versions.order_by("applied_at").values_list("applied_at", flat=True)[0]
    owed = rules.periods_to_open(cluster.starts, localtime(first).date(), today, reports.every, keys)
    return [one for one in owed if one.key not in opened]


def compile_report(cluster: Cluster, period: Period) -> Compiled:
    """The report of `period` as page, Word and command show it: of an issued one the frozen copy.

    A period without a report, or one nobody has composed yet, gives the complete draft that would be proposed.
    """
    report = Report.objects.filter(cluster=cluster, period=period.key).select_related("cluster").first()
    return compiled(report) if report else from_data(cluster, period)


# The list of quarters


@dataclass(frozen=True)
class Quarter:
    """A line of the list: a report, when it is due, whether its text may be read, its figures once they stand still."""

    report: Report
    due: Deadline | None
    is_readable: bool
    figures: Mapping[str, str]

    @property
    def activities(self) -> str:
        """活动总数."""
        return self.figures.get("activities", "")

    @property
    def share(self) -> str:
        """及时报送率."""
        return self.figures.get("in-time-share", "")

    @property
    def received(self) -> str:
        """已报 of 应报: 7/8."""
        return f"{self.figures['received']}/{self.figures['expected']}" if self.figures else ""


def quarters(actor: Actor, reports: Iterable[Report]) -> list[Quarter]:
    """The lines of `reports`."""
    reports = list(reports)
    readable = set(visible_to(actor).values_list("pk", flat=True))
    due = due_days(reports[0].cluster_id, [report.span for report in reports]) if reports else {}
    return [
        Quarter(
            report,
            due[report.span],
            report.pk in readable,
            {one["key"]: one["text"] for one in report.figures},
        )
        for report in reports
    ]


# Activities and paragraphs of a report


def brief_of(report: Report, activity: Activity) -> Brief:
    """What became of `activity` in `report`; unsaved while nobody has decided."""
    row = report.briefs.filter(activity=activity).select_related("activity").first()
    brief = row or Brief(report=report, activity=activity)
    brief.report = report
    return brief


def fates_of(activity: Activity | int) -> list[Brief]:
    """采用、未采用: what reports have made of an activity, for its own page."""
    found = Brief.objects.filter(activity=activity).exclude(fate=Fate.WAITING)
    return list(
        found.select_related("report__cluster").defer("report__frozen", "report__basis").order_by("-report__period")
    )


def parts_visible_to(actor: Actor) -> QuerySet[Part]:
    """Paragraphs of the reports whose text `actor` may read."""
    return Part.objects.filter(report__in=visible_to(actor)).select_related("report__cluster")


def sources_of(actor: Actor, part: Part) -> QuerySet[Activity]:
    """The activities a paragraph rests on, as far as `actor` may read them: their texts lie beside the words."""
    return activities.visible_to(actor).filter(pk__in=part.activities.values("pk")).select_related("unit")


def history_of_part(report: Report, part: int) -> QuerySet[Entry]:
    """What was done to one paragraph of `report`, the latest first."""
    found = report.parts.filter(pk=part).first()
    return history_of(found) if found else Entry.objects.none()


def removed_parts(report: Report) -> QuerySet[Part]:
    """Paragraphs taken out, the latest first: nothing that somebody wrote is lost."""
    return report.parts.filter(is_removed=True).order_by("-version", "-pk")


# What changed since


@dataclass(frozen=True)
class Change:
    """A figure that today's data give otherwise than the issued report."""

    label: str
    then: str
    now: str


@dataclass(frozen=True)
class Changes:
    """How the data have moved on since a report was frozen; the report itself stays as it is."""

    figures: tuple[Change, ...]
    added: tuple[Named, ...]
    gone: tuple[Named, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.added or self.gone)


def changed_since_issue(report: Report) -> Changes:
    """What a report made today would say differently."""
    then, now = compiled(report).values, from_data(report.cluster, report.span, report, with_pending=False).values
    figures = tuple(
        Change(value.label, value.text, found.text if found else "—")
        for value in then.listed
        if (found := now.by_key.get(value.key)) is None or found.text != value.text
    )
    added = tuple(named for record, named in now.names.items() if record not in then.names)
    gone = tuple(named for record, named in then.names.items() if record not in now.names)
    return Changes(figures, added, gone)


# What waits for whom


def may_wait(actor: Actor) -> QuerySet[Report] | None:
    """The reports not issued yet, but that of the quarter that still runs: nothing is done with it until it is over."""
    if actor.cluster_id is None:
        return None
    underway = Report.objects.filter(cluster=actor.cluster_id).exclude(state=State.ISSUED)
    return underway.exclude(state=State.DRAFTING, period=period_of(clock.today()).key)


def waiting_for(actor: Actor) -> list[Todo]:
    """Reports to compose, to check, to sign and to issue."""
    underway = may_wait(actor)
    if underway is None:
        return []
    found = [(report, _turn(actor, report)) for report in underway.select_related("cluster").defer(*HEAVY)]
    return [_todo(report, *turn) for report, turn in found if turn]


def _turn(actor: Actor, report: Report) -> tuple[str, str, str] | None:
    """Verb, page and icon of what `actor` has to do with `report`, if anything."""
    if report.state == State.SIGNING:
        signs = any(approver_of_lead(one, report) for one in (actor, *actor.principals))
        return ("签发", "reports:show", "signature") if signs else None
    if not secretariat(actor, report):
        return None
    if report.state == State.DRAFTING:
        is_over = report.span.last < clock.today()
        return ("修改" if report.return_reason else "编制", "reports:compose", "report") if is_over else None
    return ("核对" if report.state == State.CHECKING else "印发", "reports:show", "checks")


def _todo(report: Report, verb: str, page: str, icon: str) -> Todo:
    due = due_of(report.cluster_id, report.span)
    title = f"{report.span.words}工作开展情况汇总"
    about = f"退回原因：{report.return_reason}" if report.return_reason else report.get_state_display()
    return Todo(verb, title, about, page, (report.pk,), due.day if due else None, icon, verb)
