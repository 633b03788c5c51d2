"""中间件: who acts in this request, and how failures are shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tizhi.base.kit.actor import ANYONE
from tizhi.pipeline.directory.actors import actor_of, appointments_of

CHOSEN = "appointment"


class ActorMiddleware:
    """Puts `request.actor`: the signed-in person in the post chosen in this session, else in the first one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.posts = ANYONE, []  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            posts = appointments_of(request.user)
            wanted = request.session.get(CHOSEN)
            chosen = next((post for post in posts if post.pk == wanted), posts[0] if posts else None)
            address = request.META.get("REMOTE_ADDR", "")
            request.actor, request.posts = actor_of(request.user, chosen, address), posts  # type: ignore[attr-defined]
        return self.get_response(request)


class ErrorMiddleware:
    """Shows RuleBroken, Denied and Stale as pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
