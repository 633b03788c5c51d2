"""在场: who has which section open. Said every few seconds, so it is no act and leaves no history."""

from __future__ import annotations

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor

from . import queries
from .models import Plan, Presence


def here(actor: Actor, plan: Plan, section: str) -> list[Presence]:
    """Note that `actor` has `section` open; give the others who are there. Two or three queries."""
    if actor.person_id is None:
        return []
    told = {"section": section[:50] if section.replace("-", "").isalnum() else "", "at": clock.now()}
    Presence.objects.update_or_create(plan=plan, person_id=actor.person_id, defaults=told)
    return [one for one in queries.present_in(plan) if one.person_id != actor.person_id]
