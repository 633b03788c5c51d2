"""闲置退出: a session ends when nothing was done in it for TIZHI_IDLE_MINUTES.

Saving the session at every request would cost a write per page; it is moved on at most once in a twelfth of its life.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tizhi.base.kit import clock

TOUCHED = "touched"


class IdleMiddleware:
    """Moves the end of a signed-in session on while its owner works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.slack = settings.SESSION_COOKIE_AGE / 12

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.now().timestamp()
            if now - request.session.get(TOUCHED, 0) >= self.slack:
                request.session[TOUCHED] = int(now)
        return self.get_response(request)
