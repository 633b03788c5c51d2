"""调研的查询: who reads which, what a plan's step may rest on, what a list and a record show, what waits for whom."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tizhi.base.audit.models import Entry
from tizhi.base.audit.queries import in_a_row
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.scheme.models import Cluster, Member, Unit, UnitRole
from tizhi.pipeline.scheme.standing import standing

from .models import Finding, Study, StudyMember

Role = UnitRole.Role
NOTHING = Q(pk__in=())
AUTOSAVED = "studies.save_study"
# A study is asked for its findings and its report for so long.
ASKED_FOR = timedelta(days=45)


# Which units


def schools_of(cluster: Cluster | int) -> list[Unit]:
    """The supported schools of the cluster today, in the scheme's order."""
    rows, today = standing(cluster), clock.today()
    roles = rows.roles_on(today)
    return [one.unit for one in rows.members_on(today) if Role.SUPPORTED in roles.get(one.unit_id, ())]


def helpers_of(cluster: Cluster | int) -> frozenset[int]:
    """The units that help others, and so may lead a study: the lead and the partners, today."""
    roles = standing(cluster).roles_on(clock.today())
    return frozenset(unit for unit, held in roles.items() if {Role.LEAD, Role.PARTNER} & set(held))


def schools_near(actor: Actor) -> frozenset[int]:
    """The units whose diagnosis `actor` reads: those it reads anyway, and the schools its own unit is paired with."""
    if actor.cluster_id is None:
        return frozenset()
    paired = {school for partner, school in standing(actor.cluster_id).pairs_on(clock.today()) if _is(actor, partner)}
    return actor.reads | paired


def _is(actor: Actor, unit: int) -> bool:
    return unit == actor.unit_id


# Who may write


def leads_study(actor: Actor, target: Study | Member) -> bool:
    """牵头调研的帮扶高校的经办人，含其小组团办公室、项目组；大组团办公室，对牵头高校牵头的调研。"""
    if actor.cluster_id is None or actor.cluster_id != target.cluster_id:
        return False
    enters = actor.has("report-unit") and target.unit_id in actor.reports_for
    of_lead = actor.has("secretariat") and actor.leads_cluster and target.unit_id == actor.unit_id
    return (enters or of_lead) and target.unit_id in helpers_of(actor.cluster_id)


def pair_office_of_school(actor: Actor, study: Study) -> bool:
    """联系受调研院校的小组团办公室。"""
    return (
        actor.cluster_id is not None
        and actor.cluster_id == study.cluster_id
        and actor.has("pair")
        and study.school_id in actor.reports_for
    )


def writes_finding(actor: Actor, finding: Finding) -> bool:
    """可以登记该次调研的单位。"""
    return leads_study(actor, finding.study) or pair_office_of_school(actor, finding.study)


def entered_for(actor: Actor) -> list[Member]:
    """The units for which `actor` may enter a study, its own first."""
    if actor.cluster_id is None:
        return []
    found = [one for one in standing(actor.cluster_id).members_on(clock.today()) if leads_study(actor, one)]
    return sorted(found, key=lambda one: one.unit_id != actor.unit_id)


# Who reads which


def visible_to(actor: Actor) -> QuerySet[Study]:
    """The studies that `actor` may read, in one expression.

    Recorded ones: the leading unit, the school studied and its pair, who reads the province or the cluster, and whoever
    went along. Drafts, also those in the recycle bin: who may write them.
    """
    if actor.cluster_id is None or actor.powers == {"read-issued"}:
        return Study.objects.none()
    return Study.objects.filter(_recorded(actor) | _written_by(actor), cluster=actor.cluster_id)


def _recorded(actor: Actor) -> Q:
    went = Exists(StudyMember.objects.filter(study=OuterRef("pk"), person=actor.person_id or 0))
    near = Q(unit__in=actor.reads) | Q(school__in=schools_near(actor)) | Q(went)
    return near & Q(recorded_at__isnull=False)


def _written_by(actor: Actor) -> Q:
    units = [one.unit_id for one in entered_for(actor)]
    sees = Q(unit__in=units) if units else NOTHING
    return sees | Q(school__in=actor.reports_for) if actor.has("pair") else sees


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    """The findings of the studies that `actor` may read, their study at hand."""
    studies = visible_to(actor).filter(binned_at=None).order_by().values("pk")
    return Finding.objects.filter(study__in=studies).select_related("study__school", "study__unit", "area")


def reports_of(studies: QuerySet[Study]) -> QuerySet:
    """The ids of the reports that stand with `studies`."""
    return studies.filter(report__isnull=False).order_by().values("report")


# What a plan's step may rest on


def recorded(cluster: Cluster | int, school: Unit | int) -> QuerySet[Study]:
    """The recorded studies of a school, the latest first; `has_expert` says whether an expert went along."""
    return with_experts(Study.objects.filter(cluster=cluster, school=school, recorded_at__isnull=False, binned_at=None))


def with_experts(studies: QuerySet[Study]) -> QuerySet[Study]:
    """The same, each with `has_expert`."""
    return studies.annotate(
        has_expert=Exists(StudyMember.objects.filter(study=OuterRef("pk"), is_expert=True))
    ).select_related("unit", "school")


# Lists and records


def rows(studies: QuerySet[Study]) -> QuerySet[Study]:
    """What a line shows – units, number of findings, experts – in a constant number of queries."""
    findings = Finding.objects.filter(study=OuterRef("pk")).order_by().values("study").annotate(n=Count("pk"))
    counted = Coalesce(Subquery(findings.values("n"), output_field=IntegerField()), 0)
    return with_experts(studies).annotate(finding_count=counted).prefetch_related("team")


def in_full(studies: QuerySet[Study]) -> QuerySet[Study]:
    """What a record shows: units, team, findings with their areas, the report, who wrote it."""
    findings = Prefetch("findings", Finding.objects.select_related("area"))
    return (
        studies.select_related("unit", "school", "report", "writer")
        .prefetch_related("team__appointment", findings)
        .order_by()
    )


def matching(studies: QuerySet[Study], words: str) -> QuerySet[Study]:
    """Those whose title, place, purpose, summary or findings hold each of `words`."""
    for word in words.split():
        told = Exists(Finding.objects.filter(study=OuterRef("pk"), text__icontains=word))
        here = Q(title__icontains=word) | Q(place__icontains=word) | Q(purpose__icontains=word)
        studies = studies.filter(here | Q(summary__icontains=word) | Q(told))
    return studies


def of_school(actor: Actor, school: int) -> QuerySet[Study]:
    """The recorded studies of one school that `actor` reads, the latest first."""
    return visible_to(actor).filter(school=school, recorded_at__isnull=False, binned_at=None)


def history(study: Study, most: int = 400) -> list[Entry]:
    """What was done to a study and its findings, newest first; what one person saved in a row stands as one."""
    kinds = ContentType.objects.get_for_models(Study, Finding)
    own = Q(kind=kinds[Study], target_id=study.pk)
    found = Q(kind=kinds[Finding], target_id__in=[one.pk for one in study.findings.all()])
    entries = Entry.objects.filter(own | found).select_related("countersign")[:most]
    return in_a_row(entries, AUTOSAVED)


# What waits for whom


def may_wait(actor: Actor) -> QuerySet[Study] | None:
    """One's own unfinished studies, and those lately recorded that still lack findings or the report."""
    if actor.cluster_id is None or actor.person_id is None:
        return None
    lately = Q(recorded_at__isnull=False, last_day__gte=clock.today() - ASKED_FOR)
    lacking = Q(report=None) | ~Exists(Finding.objects.filter(study=OuterRef("pk")))
    own = Study.objects.filter(cluster=actor.cluster_id, writer=actor.person_id, binned_at=None)
    return own.filter(Q(recorded_at=None) | (lately & lacking))


def waiting_for(actor: Actor) -> list[Todo]:
    """What `may_wait` finds, for whom a study may be entered today."""
    found = may_wait(actor)
    if found is None or not entered_for(actor):
        return []
    return [_todo(one) for one in found.select_related("school").order_by("last_day", "pk")]


def _todo(study: Study) -> Todo:
    about = f"{study.school.called}　{study.get_round_display()}"
    if study.is_draft:
        return Todo("登记", str(study), about, "studies:edit", (study.pk,), None, "map-search", "继续填写")
    return Todo("补充发现和报告", str(study), about, "studies:show", (study.pk,), None, "map-search", "补充")
