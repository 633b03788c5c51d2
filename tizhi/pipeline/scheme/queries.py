"""工作方案的查询: the scheme in force, and units, roles, pairs, posts, areas and bodies as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import F, Prefetch, Q, QuerySet

from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock, memory
from tizhi.base.kit.actor import Actor

from . import declared
from .entries import BodyEntry
from .models import Area, Body, Cluster, Member, Pair, Post, Seat, Unit, UnitName, UnitRole, Version
from .who import administrator, colleague

Of = Cluster | int


def in_force(cluster: Of, day: date) -> declared.Scheme:
    """The scheme of `cluster` on `day`: the latest version begun by then; before the first one, that one.

    Raises Version.DoesNotExist when the cluster has no scheme.
    """
    return _scheme(version_on(cluster, day).sha256)


def version_on(cluster: Of, day: date) -> Version:
    """The version in force on `day`, without its text. Raises Version.DoesNotExist as `in_force`."""
    known = versions_of(cluster)
    if not known:
        raise Version.DoesNotExist
    return next((one for one in reversed(known) if one.begins <= day), known[0])


def versions_of(cluster: Of) -> list[Version]:
    """The versions of a cluster's scheme, the first one first, without their texts; read once in a request."""
    pk = cluster.pk if isinstance(cluster, Cluster) else cluster
    return memory.once(
        ("versions", pk), lambda: list(Version.objects.filter(cluster=pk).defer("text").order_by("number"))
    )


def forget_versions(cluster: Cluster) -> None:
    """Read them anew: one was added."""
    memory.forget(("versions", cluster.pk))


def scheme_of(version: Version) -> declared.Scheme:
    """What the text of `version` declares."""
    return _scheme(version.sha256)


@lru_cache(maxsize=64)
def _scheme(sha256: str) -> declared.Scheme:
    # Kept by what the text is, not by which row holds it: a text never reads differently.
    return declared.read(Version.objects.filter(sha256=sha256).values_list("text", flat=True)[0])


def versions_due() -> QuerySet[Version]:
    """Versions loaded ahead whose first day has come, the oldest first."""
    return Version.objects.filter(is_effective=False, begins__lte=clock.today()).order_by("number")


def clusters() -> QuerySet[Cluster]:
    """All clusters of this installation, for administrators and work without a person."""
    return Cluster.objects.order_by("key")


def cluster_by_key(key: str) -> Cluster | None:
    """The cluster that a scheme calls by this id, if it is on this installation."""
    return Cluster.objects.filter(key=key).first()


def clusters_visible_to(actor: Actor) -> QuerySet[Cluster]:
    """The cluster of the post acted in; none for who reads issued reports only, or keeps the system."""
    return Cluster.objects.filter(pk=actor.cluster_id or 0) if colleague(actor, None) else Cluster.objects.none()


def units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """The units that are or were in the actor's cluster."""
    return Unit.objects.filter(pk__in=Member.objects.filter(cluster__in=clusters_visible_to(actor)).values("unit"))


def versions_visible_to(actor: Actor) -> QuerySet[Version]:
    """All versions for administrators, those of their own cluster for the others; texts are read on demand."""
    seen = clusters() if administrator(actor, None) else clusters_visible_to(actor)
    return Version.objects.filter(cluster__in=seen).select_related("cluster").defer("text").order_by("-number")


def history(cluster: Of) -> QuerySet[Entry]:
    """Who put which version of the cluster's scheme in force, and when; the latest first."""
    return Entry.objects.filter(code="scheme.apply_scheme", cluster_id=getattr(cluster, "pk", cluster))


def members(cluster: Of, day: date, role: str | None = None) -> QuerySet[Unit]:
    """The units of the cluster on `day` in the scheme's order; those of one `role` only, if given."""
    there = Member.objects.on(day).filter(cluster=cluster)
    if role:
        there = there.filter(unit__in=UnitRole.objects.on(day).filter(cluster=cluster, role=role).values("unit"))
    return Unit.objects.filter(memberships__in=there).annotate(order=F("memberships__order")).order_by("order")


def memberships(cluster: Of, day: date) -> QuerySet[Member]:
    """The same with the key by which the scheme calls each; units and their names at hand."""
    there = Member.objects.on(day).filter(cluster=cluster).select_related("unit")
    return there.prefetch_related("unit__former_names")


def roles(cluster: Of, day: date) -> dict[int, list[str]]:
    """The roles of every unit of the cluster on `day`, by the unit's key."""
    found: dict[int, list[str]] = {}
    for unit, role in UnitRole.objects.on(day).filter(cluster=cluster).order_by("pk").values_list("unit", "role"):
        found.setdefault(unit, []).append(role)
    return found


def pairs(cluster: Of, day: date) -> QuerySet[Pair]:
    """The pairs of the cluster on `day`, both units at hand [二(一)]."""
    return Pair.objects.on(day).filter(cluster=cluster).select_related("partner", "supported")


def roles_of(cluster: Of, unit: Unit) -> QuerySet[UnitRole]:
    """The roles a unit has had in the cluster, the latest first."""
    return UnitRole.objects.filter(cluster=cluster, unit=unit).order_by(F("ends").desc(nulls_first=True), "pk")


def pairs_of(cluster: Of, unit: Unit) -> QuerySet[Pair]:
    """The pairs a unit has been in, on either side, those in force first."""
    pairs = Pair.objects.filter(Q(partner=unit) | Q(supported=unit), cluster=cluster)
    return pairs.select_related("partner", "supported").order_by(F("ends").desc(nulls_first=True), "order", "pk")


def areas(cluster: Of) -> QuerySet[Area]:
    """The "4" and the "X" as they now are [三]."""
    return Area.objects.filter(cluster=cluster, is_open=True)


def posts(cluster: Of) -> QuerySet[Post]:
    """The posts of units as they now are."""
    return Post.objects.filter(cluster=cluster, is_open=True)


def posts_of(unit: Unit, unit_roles: Iterable[str], among: Iterable[Post]) -> list[Post]:
    """Those posts that a unit of these roles has."""
    words = {unit.kind, *unit_roles}
    return [post for post in among if words.intersection(post.each)]


def bodies(cluster: Of, day: date) -> QuerySet[Body]:
    """The bodies of the cluster on `day` with their seats, units and parents at hand [四(一)]."""
    seats = Seat.objects.on(day).select_related("unit")
    found = Body.objects.on(day).filter(cluster=cluster).select_related("unit", "parent")
    return found.prefetch_related(Prefetch("seats", seats))


def bodies_visible_to(actor: Actor) -> QuerySet[Body]:
    """The bodies of the actor's cluster, those that ended too."""
    seen = Body.objects.filter(cluster__in=clusters_visible_to(actor))
    return seen.select_related("cluster", "unit", "parent")


def standing_beside(body: Body) -> QuerySet[Body]:
    """The other bodies of its cluster that stand today."""
    return Body.objects.on(clock.today()).filter(cluster=body.cluster_id).exclude(pk=body.pk)


def groups_of(office: Body) -> list[BodyEntry]:
    """What the scheme in force lets an office found inside it: the bodies it puts in each such office."""
    return [entry for entry in in_force(office.cluster_id, clock.today()).bodies if entry.per == office.declared]


def with_names(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """The same units with their former names at hand, for `name_on`."""
    return units.prefetch_related("former_names")


def names_on(cluster: Of, day: date) -> dict[int, str]:
    """The former names, by unit, that the cluster's units bore on `day`; who bore its name of today is left out."""
    former = UnitName.objects.filter(unit__memberships__cluster=cluster, until__gte=day).order_by("-until")
    return dict(former.values_list("unit", "name"))


def name_on(unit: Unit, day: date) -> str:
    """The name that the unit bore on `day` [A3]; of many units: read them `with_names`."""
    former = sorted(unit.former_names.all(), key=lambda name: name.until)
    return next((name.name for name in former if day <= name.until), unit.name)
