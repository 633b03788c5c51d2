"""页面框架的变量: what every page shows around its own content."""

from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tizhi.base.kit import clock
from tizhi.base.kit.actor import ANYONE
from tizhi.base.kit.periods import period_of

from . import menu
from .request import Request
from .told import unread_told


def frame(request: HttpRequest) -> dict[str, Any]:
    """Who acts, the cluster and quarter, and the navigation, which ask the database nothing.

    How many notices are unread is asked, once, by the page that shows the bell; a fragment without it asks nothing.
    """
    actor = getattr(request, "actor", ANYONE)
    appointment = getattr(request, "appointment", None)
    posts = getattr(request, "posts", [])
    return {
        "actor": actor,
        "appointment": appointment,
        "posts": posts,
        "several_clusters": len({post.cluster_id for post in posts}) > 1,
        "cluster": appointment.cluster if appointment else None,
        "quarter": period_of(clock.today()),
        "menu": menu.lines(request, actor),
        "report_url": menu.report_url(actor),
        "unread": SimpleLazyObject(lambda: unread_told(cast(Request, request))),
    }
