"""中间件: who acts in this request, and how failures are shown."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from tizhi.base.accounts.lockout import address_of
from tizhi.base.kit.actor import ANYONE
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.base.kit.memory import remembered
from tizhi.pipeline.directory.actors import actor_of, appointments_of
from tizhi.pipeline.directory.models import Appointment

from . import errors
from .request import Request

CHOSEN = "appointment"
# An administrator keeps the system outside any post: rights are never merged.
OUTSIDE = "outside"


class MemoryMiddleware:
    """Lets a request read once what it needs in many places: the calendar, the scheme's versions, who stands where."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        with remembered():
            return self.get_response(request)


class ActorMiddleware:
    """Puts `request.actor`: the signed-in person in the post chosen in this session, else in the first one.

    `request.posts` are all posts of the account, `request.appointment` the one acted in.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.actor, request.posts, request.appointment, request.wrote = ANYONE, [], None, []
        if request.user.is_authenticated:
            posts = appointments_of(request.user)
            chosen = _chosen(request, posts)
            address = address_of(request) or ""
            request.actor = actor_of(request.user, chosen, address)
            request.posts, request.appointment = posts, chosen
        return self.get_response(request)


def _chosen(request: Request, posts: list[Appointment]) -> Appointment | None:
    wanted = request.session.get(CHOSEN)
    if wanted == OUTSIDE and request.user.is_authenticated and request.user.is_administrator:
        return None
    return next((post for post in posts if post.pk == wanted), posts[0] if posts else None)


class ErrorMiddleware:
    """Shows RuleBroken, Denied and Stale, where a view did not show them itself.

    Where sign-in is due: a fragment leads the whole page there, and what was written is given back first.
    """

    shown: tuple[tuple[type[Exception], Callable], ...] = (
        (RuleBroken, errors.rule_broken),
        (Denied, errors.denied),
        (Stale, errors.stale),
    )

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        sign_in = reverse(settings.LOGIN_URL)
        if request.user.is_authenticated or not response.headers.get("Location", "").startswith(sign_in):
            return response
        if request.htmx:
            came_from = request.htmx.current_url_abs_path or "/"
            return HttpResponseClientRedirect(f"{sign_in}?{urlencode({'next': came_from})}")
        return errors.signed_out(request) if errors.typed(request) else response

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """The page (or toast) of a failure by design; None leaves everything else to Django."""
        for kind, show in self.shown:
            if isinstance(exception, kind):
                return show(request, exception)
        return None
