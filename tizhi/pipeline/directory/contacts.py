"""联系人: whom the scheme wants reachable in each unit – who holds those posts, whether they can be reached."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tizhi.pipeline.scheme.entries import Contacts
from tizhi.pipeline.scheme.models import Member, UnitRole
from tizhi.pipeline.scheme.queries import in_force

from .models import Appointment
from .queries import posts_of_members


@dataclass(frozen=True)
class Contact:
    """One post of the contact list with its holder; nobody where it is empty."""

    post: str
    person_id: int | None = None
    name: str = ""
    is_reachable: bool = False


def contacts_of(member: Member, day: date) -> list[Contact]:
    """The contacts of one unit on `day`, in the scheme's order; none where the scheme asks for none."""
    return contacts_of_members(member.cluster_id, day).get(member.unit_id, [])


def contacts_of_members(cluster: int, day: date) -> dict[int, list[Contact]]:
    """For each member unit that the scheme asks for contacts, its posts with their holders [四(三)]."""
    asked = in_force(cluster, day).contacts
    if asked is None:
        return {}
    roles: dict[int, set[str]] = {}
    for unit, role in UnitRole.objects.on(day).filter(cluster=cluster).values_list("unit", "role"):
        roles.setdefault(unit, set()).add(role)
    found: dict[int, list[Contact]] = {}
    for member, holdings in posts_of_members(cluster, day):
        if not is_asked(asked, {member.unit.kind, *roles.get(member.unit_id, ())}):
            continue
        of_contact = [one for one in holdings if one.of.key in asked.posts]  # type: ignore[union-attr]
        found[member.unit_id] = [
            contact for one in of_contact for contact in _contacts(str(one.of), list(one.holders), one.needed)
        ]
    return found


def is_asked(asked: Contacts, words: Collection[str]) -> bool:
    """Whether a unit of these roles and this kind keeps contacts; where the scheme names none, every unit does."""
    return not asked.each or bool(set(asked.each).intersection(words))


def _contacts(post: str, holders: list[Appointment], needed: int) -> list[Contact]:
    named = [
        Contact(post, held.person_id, held.person.name, bool(held.person.phone or held.person.email))
        for held in holders
    ]
    return named or [Contact(post)] * min(needed, 1)
