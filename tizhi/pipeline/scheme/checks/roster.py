"""组团名单: one lead, pairs of a partner and a supported school, nobody under two names [二(一)]."""

from __future__ import annotations

from ..provinces import PROVINCES
from ..terms import ROLES
from ..wording import GUESSES, near, nearest, quoted
from .dates import overlap
from .references import References, names
from .said import Said

_NAMING = ("pair", "body", "seat", "nominated_by", "conference")


def _units(top: Said) -> list[Said]:
    return [unit for unit in top.each("unit") if unit.copy_of is None]


def one_lead(top: Said, references: References) -> None:
    """牵头高校: exactly one at a time."""
    units = _units(top)
    leads: list[Said] = []
    for unit in units:
        if unit.has("roles", "lead"):
            other = next((lead for lead in leads if overlap(lead, unit)), None)
            if other:
                unit.fault("roles", f"牵头高校只能有一所，{other.name} 已是牵头高校；请只留一处 lead。")
            leads.append(unit)
    if units and not leads and all(unit.sound("roles") for unit in units):
        top.fault("unit", "没有牵头高校；请给一所高校的 roles 加上 lead。")


def pairs(top: Said, references: References) -> None:
    """结对: two different units with the right roles, while both are in the cluster, once at a time."""
    seen: dict[tuple[str, str], list[Said]] = {}
    for pair in top.each("pair"):
        partner, supported = pair.get("partner"), pair.get("supported")
        if partner and partner == supported:
            pair.fault("supported", f"{quoted(partner)}不能与自己结对；请改为另一所院校。")
            continue
        _units_of(pair, references)
        earlier = seen.setdefault((partner, supported), []) if partner and supported else []
        same = next((other for other in earlier if overlap(other, pair)), None)
        if same:
            pair.fault("supported", f"与 {same.name} 是同一结对；请删去一条，或用 from、to 写明先后。")
        else:
            earlier.append(pair)


def _units_of(pair: Said, references: References) -> None:
    units = {role: references.find("unit", pair.get(role)) for role in ("partner", "supported")}
    both = [unit for unit in units.values() if unit]
    wrong = {role: unit for role, unit in units.items() if unit and _lacks(unit, role)}
    if len(wrong) == 2 and wrong["partner"].has("roles", "supported") and wrong["supported"].has("roles", "partner"):
        pair.fault("partner", "两所院校写反了；请把 partner 与 supported 对调。")
    elif wrong:
        for role, unit in wrong.items():
            name, lacking = unit.get("name", unit.name), f"{ROLES[role]}（{role}）的角色"
            pair.fault(role, f"{name}没有{lacking}；请改为别的单位，或在 {unit.name}.roles 中加上。")
    elif not overlap(pair, *both) and overlap(pair):
        pair.fault("", "结对的日期与两所院校在组团内的日期没有共同的一天；请核对各自的 from、to。")


def _lacks(unit: Said, role: str) -> bool:
    return unit.sound("roles") and not unit.has("roles", role)


def supported_schools(top: Said, references: References) -> None:
    """Every supported school has a partner."""
    for school in _unpaired(top, references, "supported"):
        school.fault("", "重点支持院校没有结对的重点联系院校；请补写一条 [[pair]]。")


def _unpaired(top: Said, references: References, role: str) -> list[Said]:
    """The units of a role in no pair; a pair that leads nowhere stands for the one it most likely means."""
    if not top.sound("pair"):
        return []
    units = [unit for unit in _units(top) if unit.sound("id") and unit.has("roles", role)]
    written = {pair.values.get(side) for pair in top.each("pair") for side in ("partner", "supported")}
    alone = {unit.values["id"]: unit for unit in units if unit.values["id"] not in written}
    astray = [pair for pair in top.each("pair") if references.find("unit", pair.get(role)) is None]
    for pair in astray[:GUESSES]:
        if alone:
            close = nearest(pair.values.get(role, ""), alone)
            alone.pop(close or next(iter(alone)))
    return list(alone.values())


def former_names(top: Said, references: References) -> None:
    """A unit is found by any of its names: none may be another unit's name, now or formerly."""
    owners = {unit.get("name"): unit for unit in _units(top) if unit.get("name")}
    for unit in _units(top):
        for former in unit.each("former_names"):
            name = former.get("name")
            owner = owners.setdefault(name, unit) if name else unit
            if owner is not unit:
                former.fault("name", f"{quoted(name)}也是 {owner.name} 的名称或曾用名；请核对是哪个单位的名称。")


def oddities(top: Said, references: References) -> None:
    """提示: what is allowed but seldom meant."""
    unpaired, unnamed = set(_unpaired(top, references, "partner")), set(_unnamed(top))
    for unit in _units(top):
        province = unit.get("province")
        if province and province not in PROVINCES.values():
            unit.warn("province", f"没有名为{quoted(province)}的省份{near(province, PROVINCES.values())}；请核对。")
        if unit in unpaired:
            unit.warn("", "重点联系院校还没有结对；如属遗漏，请补写一条 [[pair]]。")
        elif unit in unnamed and unit.sound(""):
            unit.warn("", "没有结对、机构或联席会议提到这个单位；如属遗漏，请补写。")


def _unnamed(top: Said) -> list[Said]:
    """The units that no pair, body or conference names; none while a fault leaves open whom these name."""
    naming = [said for said in top.all() if said.table.name in _NAMING]
    if top.unsound.intersection(_NAMING) or any(said.unsound for said in naming):
        return []
    used = {id for said in naming for _, ref, id in names(said) if ref.table == "unit"}
    return [unit for unit in _units(top) if unit.sound("id") and unit.values["id"] not in used]
