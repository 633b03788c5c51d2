"""模板构件: icons, state chips, paging, the hidden fields of every form."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader_tags import BlockNode
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tizhi.base.kit import clock, words
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.scheme.terms import AREA_MARKS
from tizhi.web.frame import read

register = template.Library()
STATE_ICONS = {
    "done": "circle-check",
    "soon": "clock",
    "late": "alert-triangle",
    "now": "progress",
    "todo": "circle-dashed",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; hidden from screen readers unless it carries a `label` of its own."""
    meaning = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="tz-i" {}><use href="{}#{}"></use></svg>', meaning, static("dist/icons.svg"), name)


@register.simple_tag
def chip(state: str, label: object, fill: bool = False, icon: str = "") -> SafeString:
    """A state as icon and word, never as colour alone."""
    mark = _icon(icon or STATE_ICONS[state])
    return format_html('<span class="tz-st is-{}{}">{}{}</span>', state, " fill" if fill else "", mark, label)


_icon = icon


STANDING = {
    "late": ("late", "alert-triangle"),
    "soon": ("soon", "clock"),
    "done": ("done", "circle-check"),
    "pending": ("todo", "circle-dashed"),
    "nil": ("todo", "circle-minus"),
    "waived": ("todo", "shield-check"),
    "not-yet": ("todo", "hourglass-empty"),
}


@register.simple_tag
def standing(state: Any, more: object = "", fill: bool = True) -> SafeString:
    """How a duty stands: icon and word, and `more` such as 0/1; only what is late or soon late has a ground."""
    look, mark = STANDING[state.code]
    label = format_html('{} <span class="tz-score">{}</span>', state.word, more) if more else state.word
    return chip(look, label, fill=fill and look in ("late", "soon"), icon=mark)


@register.simple_tag
def due(on: date | None, fill: bool = True, soon: int = 3) -> SafeString | str:
    """How far a deadline is; `soon` days before it the chip warns."""
    if on is None:
        return ""
    left = (on - clock.today()).days
    state = "late" if left < 0 else "soon" if left <= soon else "todo"
    return chip(state, words.distance(on, clock.today()), fill=fill and state != "todo")


@register.simple_tag
def area(given: Any, short: str = "") -> SafeString | str:
    """An area of the work plan in its colour, the same in every chart."""
    if given is None:
        return ""
    mark = "x" if given.is_individual else AREA_MARKS.get(given.key, "")
    return format_html('<span class="tz-area" data-a="{}">{}</span>', mark, short or given.name)


@register.simple_tag
def todo_url(todo: Todo) -> str:
    """The one page where a to-do is done."""
    return reverse(todo.url_name, args=todo.url_args)


@register.simple_tag
def page_url(name: str, args: Sequence[object] = ()) -> str:
    """The address of a page named by a stage, which knows no addresses."""
    return reverse(name, args=args)


@register.simple_tag(takes_context=True)
def act_fields(context: Context, target: Any = None, form: BaseForm | None = None) -> SafeString:
    """The hidden fields `perform` reads: csrf, a token that makes a repeated request harmless, the version read.

    With the edit `form` also what its fields said when it was opened (`conflict` tells by it who changed what).
    """
    request = context["request"]
    fields = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="once" value="{}">',
        get_token(request),
        uuid.uuid4(),
    )
    if getattr(target, "pk", None) and hasattr(target, "version"):
        version = _version_read(request, target, form)
        fields += format_html('<input type="hidden" name="version" value="{}">', version)
    if form is not None:
        fields += format_html('<input type="hidden" name="{}" value="{}">', read.NAME, read.marks_of(form))
    return fields


def _version_read(request: HttpRequest, target: Any, form: BaseForm | None) -> object:
    """A form sent back with faults was typed over the version it came with, unless this request wrote another."""
    if form is not None and form.is_bound and target not in getattr(request, "wrote", []):
        return form.data.get("version") or target.version
    return target.version


@register.inclusion_tag("frame/_pages.html", takes_context=True)
def pages(context: Context, page: Page) -> dict[str, Any]:
    """Paging that keeps the rest of the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context["request"]}


class Again(template.Node):
    """Renders a block a second time, as the pages below overrode it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        return BlockNode(self.name, NodeList()).render(context)


@register.tag
def again(parser: Parser, token: Token) -> Again:
    """`{% again title %}`: the block `title` once more."""
    _, name = token.split_contents()
    return Again(name)
