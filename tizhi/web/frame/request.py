"""请求: a request as views meet it, after `ActorMiddleware`."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory.models import Appointment


class Request(HttpRequest):
    """Knows who acts: `posts` are all posts of the account, `appointment` the one acted in (None without any).

    `wrote` is what actions have written in this request.
    """

    actor: Actor
    posts: list[Appointment]
    appointment: Appointment | None
    htmx: HtmxDetails
    wrote: list[object]
