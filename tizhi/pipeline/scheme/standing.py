"""在册: members, roles, pairs and bodies of a cluster – each read once in a request, asked for any day."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from tizhi.base.kit import memory

from .models import Body, Cluster, Member, Pair, UnitRole


class Standing:
    """Every dated row of one cluster, whatever its days; what nobody asks for is not read."""

    def __init__(self, cluster: int) -> None:
        self.cluster = cluster

    @cached_property
    def members(self) -> list[Member]:
        """The units' places in the scheme's order, units at hand."""
        return list(Member.objects.filter(cluster=self.cluster).select_related("unit"))

    @cached_property
    def roles(self) -> list[UnitRole]:
        """The roles of units, the first declared first."""
        return list(UnitRole.objects.filter(cluster=self.cluster).order_by("pk"))

    @cached_property
    def pairs(self) -> list[Pair]:
        """The pairs in the scheme's order, without their units."""
        return list(Pair.objects.filter(cluster=self.cluster))

    @cached_property
    def bodies(self) -> list[Body]:
        """The bodies in the scheme's order, units at hand."""
        return list(Body.objects.filter(cluster=self.cluster).select_related("unit"))

    def members_on(self, day: date) -> list[Member]:
        """Who belongs to the cluster on `day`."""
        return [one for one in self.members if one.holds_on(day)]

    def roles_on(self, day: date) -> dict[int, list[str]]:
        """The roles of every unit on `day`, by the unit's id."""
        found: dict[int, list[str]] = {}
        for one in self.roles:
            if one.holds_on(day):
                found.setdefault(one.unit_id, []).append(one.role)
        return found

    def pairs_on(self, day: date) -> list[tuple[int, int]]:
        """Partner and school, by their ids, of every pair on `day`."""
        return [(one.partner_id, one.supported_id) for one in self.pairs if one.holds_on(day)]


def standing(cluster: Cluster | int) -> Standing:
    """The dated rows of `cluster`; inside one request, always the same."""
    pk = cluster.pk if isinstance(cluster, Cluster) else cluster
    return memory.once(("standing", pk), lambda: Standing(pk))


def forget_standing(cluster: Cluster | int) -> None:
    """Read anew: a row was added, or its days were changed."""
    memory.forget(("standing", cluster.pk if isinstance(cluster, Cluster) else cluster))
