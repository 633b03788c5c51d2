"""通知可见: what somebody was told, without what he must not know any more – reviews that concern him by now [C6]."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from tizhi.base.notices import queries
from tizhi.base.notices.models import Notice
from tizhi.pipeline.reviews.queries import KIND, notices_open_to

from .request import Request


def open_told(request: Request, rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """`rows` of the inbox that may still be read; the records of conflict are asked only where reviews are told of."""
    if not rows.filter(kind=KIND).exists():
        return rows
    posts = {(post.cluster_id, post.person_id) for post in getattr(request, "posts", [])}
    if not posts:
        return rows.exclude(kind=KIND)
    for cluster, person in posts:
        rows = notices_open_to(rows, cluster, person)
    return rows


def unread_told(request: Request) -> int:
    """How many of them are new; one query, unless one tells of a review."""
    unread = queries.unread(request.actor.user_id)
    counts = dict(unread.order_by().values_list("kind").annotate(count=Count("pk")))
    return open_told(request, unread).count() if counts.get(KIND) else sum(counts.values())
