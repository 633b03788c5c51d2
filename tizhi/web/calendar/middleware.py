"""中间件: a request reads the working calendar once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tizhi.pipeline.calendar import queries


class CalendarMiddleware:
    """Keeps the calendar for the length of a request; pages with many deadlines cost one query for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with queries.remembered():
            return self.get_response(request)
