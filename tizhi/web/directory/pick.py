"""选人、选单位: what a picker offers while somebody types, as of a day."""

from __future__ import annotations

from datetime import date

from django.http import JsonResponse

from tizhi.base.kit import clock
from tizhi.pipeline.directory import queries
from tizhi.pipeline.directory.models import Person
from tizhi.web.frame.request import Request


def people(request: Request) -> JsonResponse:
    """`?q=` name or initials, `?on=` the day whose posts are shown."""
    found = queries.picked(request.actor, request.GET.get("q", ""), _day(request))
    return _answer((one.pk, one.name, _posts(one)) for one in found)


def units(request: Request) -> JsonResponse:
    """`?q=` name, short name or initials."""
    found = queries.units_named(request.actor, request.GET.get("q", ""), _day(request))
    return _answer((one.unit_id, one.unit.name, one.unit.province) for one in found)


def _day(request: Request) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()


def _posts(person: Person) -> str:
    held = "、".join(f"{one.place}{one.title or one.post_name}" for one in person.posts_then)  # type: ignore[attr-defined]
    return held or f"{person.unit.called}{person.title}"


def _answer(rows) -> JsonResponse:
    found = [{"value": value, "text": text, "note": note} for value, text, note in rows]
    return JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})
