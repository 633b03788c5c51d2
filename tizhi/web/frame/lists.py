"""分页: the asked page of a list."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: QuerySet | Sequence[Any], size: int = 20) -> Page:
    """The page named in the address; the nearest one that exists when it names none."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
