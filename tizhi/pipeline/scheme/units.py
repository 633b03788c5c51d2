"""单位的认定与载入: finds the installation's units by code or name, creates the missing, keeps the names they bore.

One university in two clusters is one row; what it is called and where it lies is shared, its place in a cluster is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from pypinyin import Style, lazy_pinyin

from tizhi.base.kit.errors import RuleBroken

from . import entries
from .declared import Scheme
from .edges import ONE_DAY, period, reconcile, time_within
from .models import Cluster, Member, Pair, Unit, UnitName, UnitRole

_WORDS = ("name", "short_name", "kind", "code", "province", "regions", "initials")


@dataclass(frozen=True)
class Match:
    """认定: the row a declared unit stands for, and by what it was known; no row: the unit is new here."""

    entry: entries.UnitEntry
    row: Unit | None = None
    known_by: str = ""

    def __str__(self) -> str:
        if self.row is None:
            return f"单位“{self.entry.name}”：本平台尚无，将新建；如由某单位更名而来，请在 former_names 写明原名。"
        renamed = "" if self.row.name == self.entry.name else f"，现名“{self.row.name}”"
        return f"单位“{self.entry.name}”：即本平台已有的单位（{self.known_by}相同{renamed}）。"


def find_units(units: Iterable[entries.UnitEntry]) -> list[Match]:
    """Each declared unit's row in this installation: by code, else by any of its names, now or former.

    Raises RuleBroken when two entries would be one unit.
    """
    units = list(units)
    codes = {entry.code for entry in units if entry.code}
    names = {name for entry in units for name in _names(entry)}
    rows = list(
        Unit.objects.filter(Q(code__in=codes) | Q(name__in=names) | Q(former_names__name__in=names))
        .distinct()
        .prefetch_related("former_names")
        .order_by("pk")
    )
    found = [_match(entry, rows) for entry in units]
    _require_distinct(found)
    return found


def _names(entry: entries.UnitEntry) -> list[str]:
    return [entry.name, *(former.name for former in entry.former_names)]


def _match(entry: entries.UnitEntry, rows: list[Unit]) -> Match:
    for row in rows:
        if entry.code and row.code == entry.code:
            return Match(entry, row, "学校标识码")
    names = _names(entry)
    for row in rows:
        if row.name == entry.name:
            return Match(entry, row, "名称")
    for row in rows:
        if row.name in names or any(former.name in names for former in row.former_names.all()):
            return Match(entry, row, "曾用名")
    return Match(entry)


def _require_distinct(found: list[Match]) -> None:
    by_row: dict[int, entries.UnitEntry] = {}
    for match in found:
        if match.row is None:
            continue
        other = by_row.setdefault(match.row.pk, match.entry)
        if other is not match.entry:
            raise RuleBroken(
                f"“{other.name}”和“{match.entry.name}”在本平台是同一个单位（{match.row.name}）；请核对两者的学校标识码和名称。"
            )


def load_units(scheme: Scheme, begins: date, *, effective: bool) -> dict[str, Unit]:
    """The rows of all declared units by their ids, created where missing; where `effective`, brought up to date."""
    matches = find_units(scheme.units)
    for match in matches:
        if match.row and effective:
            _bring_up_to_date(match.row, match.entry, begins)
    new = {match.entry.id: _new(match.entry) for match in matches if match.row is None}
    Unit.objects.bulk_create(new.values())
    rows = {match.entry.id: match.row or new[match.entry.id] for match in matches}
    if effective:
        _keep_former_names(scheme, rows)
    return rows


def _new(entry: entries.UnitEntry) -> Unit:
    return Unit(
        name=entry.name, short_name=entry.short_name, kind=entry.kind, code=entry.code, province=entry.province,
        regions=list(entry.regions), initials=initials(entry.name, entry.short_name),
    )  # fmt: skip


def initials(*names: str) -> str:
    """The first letters of the names in pinyin, for finding a unit by typing `bjsfdx`."""
    return " ".join("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)) for name in names if name)


def _bring_up_to_date(row: Unit, entry: entries.UnitEntry, begins: date) -> None:
    """Take over what the entry says; what it leaves out stays, since another cluster's scheme may have said it.

    A new name leaves the old one as a former name. An older text that still has a former name does not undo a renaming.
    """
    former = [name.name for name in row.former_names.all()]
    if entry.name != row.name and entry.name not in former:
        UnitName.objects.get_or_create(unit=row, name=row.name, defaults={"until": begins - ONE_DAY})
        row.name = entry.name
    row.short_name = entry.short_name or row.short_name
    row.kind = entry.kind
    row.code = entry.code or row.code
    row.province = entry.province or row.province
    row.regions = list(entry.regions) or row.regions
    row.initials = initials(row.name, row.short_name)
    row.save(update_fields=_WORDS)


def _keep_former_names(scheme: Scheme, rows: Mapping[str, Unit]) -> None:
    names = [
        UnitName(unit=rows[unit.id], name=former.name, until=former.until)
        for unit in scheme.units
        for former in unit.former_names
        if former.name != rows[unit.id].name
    ]
    UnitName.objects.bulk_create(names, update_conflicts=True, unique_fields=["unit", "name"], update_fields=["until"])


def load_places(
    cluster: Cluster, scheme: Scheme, units: Mapping[str, Unit], begins: date, *, effective: bool
) -> dict[str, entries.Dated]:
    """The cluster's members, their roles and the pairs [二(一)] from `begins` on; answers each unit's time in it."""
    held = list(cluster.members.all())
    members = reconcile(
        held,
        [
            Member(cluster=cluster, unit=units[entry.id], key=entry.id, order=order, **period(entry))
            for order, entry in enumerate(scheme.units)
        ],
        lambda row: row.unit_id,
        begins,
        ("key", "order") if effective else (),
    )
    times = {member.key: time for member, time in zip(members, time_within(held, members, begins), strict=True)}
    _load_roles(cluster, scheme, units, begins, times)
    _load_pairs(cluster, scheme, units, begins, times, ("order",) if effective else ())
    return times


def _load_roles(
    cluster: Cluster,
    scheme: Scheme,
    units: Mapping[str, Unit],
    begins: date,
    times: Mapping[str, entries.Dated],
) -> None:
    roles = [
        UnitRole(cluster=cluster, unit=units[entry.id], role=role, **period(times[entry.id]))
        for entry in scheme.units
        for role in entry.roles
    ]
    reconcile(cluster.roles.all(), roles, lambda row: (row.unit_id, row.role), begins)


def _load_pairs(
    cluster: Cluster,
    scheme: Scheme,
    units: Mapping[str, Unit],
    begins: date,
    times: Mapping[str, entries.Dated],
    words: tuple[str, ...],
) -> None:
    pairs = [
        Pair(
            cluster=cluster, partner=units[entry.partner], supported=units[entry.supported], order=order,
            **period(entry, times[entry.partner], times[entry.supported]),
        )
        for order, entry in enumerate(scheme.pairs)
    ]  # fmt: skip
    reconcile(cluster.pairs.all(), pairs, lambda row: (row.partner_id, row.supported_id), begins, words)
