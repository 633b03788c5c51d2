"""文本: what a plan says as it now stands, in the form in which a version keeps it [C5]."""

from __future__ import annotations

from typing import Any, Final

from django.utils.html import format_html, format_html_join

from tizhi.base.documents import rich

from . import queries
from .models import Plan, PlanMeasure

# No section of a scheme can have this id: it holds an underscore.
MEASURES: Final = "_measures"
_HEADS: Final = ("举措", "对应的需求", "时间安排", "责任部门")


def content_of(plan: Plan) -> list[dict[str, Any]]:
    """[{"key", "name", "area", "html"}, …]: every section in its order, and last the measures, if there are any.

    A section that the scheme no longer names stands there as 其他 while it has a text.
    """
    names = queries.names_of_sections(plan)
    entry = queries.entry_of_plan(plan)
    areas = {one.id: one.area for one in entry.sections} if entry else {}
    content = [
        {"key": one.key, "name": names.get(one.key, "其他"), "area": areas.get(one.key), "html": one.html}
        for one in queries.sections_of(plan)
    ]
    measures = list(queries.measures_of(plan))
    if measures:
        content.append({"key": MEASURES, "name": "举措清单", "area": None, "html": _table(measures)})
    return content


def _table(measures: list[PlanMeasure]) -> str:
    head = format_html_join("", "<th>{}</th>", ((one,) for one in _HEADS))
    rows = format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", map(_cells, measures))
    return rich.clean(format_html("<table><tr>{}</tr>{}</table>", head, rows), ())


def _cells(one: PlanMeasure) -> tuple[str, str, str, str]:
    needs = "；".join(str(need) for need in one.needs.all())
    return (f"{one.number}．{one.title}{f'：{one.text}' if one.text else ''}", needs, one.schedule, one.responsible)
