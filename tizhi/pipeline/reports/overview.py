"""跨组团概览: the ministry's view across clusters, of agreed figures only [A2]."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.scheme.models import Cluster, Member, Pair, Unit, UnitRole

from .models import Report

Role = UnitRole.Role


@dataclass(frozen=True)
class ClusterLine:
    """A cluster in figures the plan itself agrees on: who belongs to it, and which reports it has issued."""

    cluster: Cluster
    lead: str
    universities: int
    partners: int
    supported: int
    pairs: int
    provinces: int
    reports_due: int
    reports_issued: int
    latest: Report | None


def overview_for(actor: Actor) -> list[ClusterLine]:
    """The clusters in which the person reads the issued reports, whichever of them it acts in now."""
    today = clock.today()
    held = Appointment.objects.on(today).filter(person=actor.person_id, post__isnull=False)
    reading = [one for one in held.select_related("cluster", "post") if "read-issued" in one.powers]
    clusters = sorted({one.cluster for one in reading}, key=lambda cluster: cluster.key)
    members = _members(clusters)
    roles = _roles(clusters)
    pairs = Counter(Pair.objects.on(today).filter(cluster__in=clusters).order_by().values_list("cluster", flat=True))
    reports = _reports(clusters)
    return [
        _line(cluster, members.get(cluster.pk, []), roles, pairs[cluster.pk], reports.get(cluster.pk, []))
        for cluster in clusters
    ]


def _members(clusters: list[Cluster]) -> Mapping[int, list[Unit]]:
    found: dict[int, list[Unit]] = {}
    there = Member.objects.on(clock.today()).filter(cluster__in=clusters)
    for member in there.select_related("unit"):
        found.setdefault(member.cluster_id, []).append(member.unit)
    return found


def _roles(clusters: list[Cluster]) -> Mapping[tuple[int, str], set[int]]:
    found: dict[tuple[int, str], set[int]] = {}
    there = UnitRole.objects.on(clock.today()).filter(cluster__in=clusters)
    for cluster, role, unit in there.values_list("cluster", "role", "unit"):
        found.setdefault((cluster, role), set()).add(unit)
    return found


def _reports(clusters: list[Cluster]) -> Mapping[int, list[Report]]:
    """Each cluster's reports, the latest first, without their texts."""
    found: dict[int, list[Report]] = {}
    reports = Report.objects.filter(Q(cluster__in=clusters)).defer("frozen", "basis", "figures")
    for report in reports.order_by("-period"):
        found.setdefault(report.cluster_id, []).append(report)
    return found


def _line(
    cluster: Cluster,
    units: list[Unit],
    roles: Mapping[tuple[int, str], set[int]],
    pairs: int,
    reports: list[Report],
) -> ClusterLine:
    universities = [unit for unit in units if unit.kind == Unit.Kind.UNIVERSITY]
    leads = roles.get((cluster.pk, Role.LEAD), set())
    issued = [report for report in reports if report.state == Report.State.ISSUED]
    return ClusterLine(
        cluster=cluster,
        lead=next((unit.name for unit in units if unit.pk in leads), ""),
        universities=len(universities),
        partners=len(roles.get((cluster.pk, Role.PARTNER), ())),
        supported=len(roles.get((cluster.pk, Role.SUPPORTED), ())),
        pairs=pairs,
        provinces=len({unit.province for unit in universities if unit.province}),
        reports_due=sum(report.span.last < clock.today() for report in reports),
        reports_issued=len(issued),
        latest=issued[0] if issued else None,
    )
