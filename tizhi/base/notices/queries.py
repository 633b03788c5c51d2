"""通知的查询: a person's inbox, what was told on an occasion, how every notice went."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from .models import Delivery, Notice


def inbox(user_id: int | None) -> QuerySet[Notice]:
    """What the account was told, newest first; nothing for nobody."""
    return Notice.objects.filter(user=user_id, user__isnull=False)


def unread(user_id: int | None) -> QuerySet[Notice]:
    """What the account has not opened yet, newest first."""
    return inbox(user_id).filter(read_at=None)


def new_first(user_id: int | None) -> QuerySet[Notice]:
    """The inbox with what is unread on top."""
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return inbox(user_id).order_by(is_read, "-at", "-pk")


def unread_count(user_id: int | None) -> int:
    """How many the account has not opened yet; one query."""
    return unread(user_id).count()


def of_key(prefix: str) -> QuerySet[Notice]:
    """Everybody who was told about what `prefix` begins the key of, newest first, with how it went.

    End the prefix with a separator: `ledger:1` also begins `ledger:17`.
    """
    return Notice.objects.filter(key__startswith=prefix).prefetch_related("deliveries")


def told(keys: Iterable[str]) -> set[tuple[str, int]]:
    """Which of these occasions were told to whom already: key and person."""
    return set(Notice.objects.filter(key__in=list(keys)).values_list("key", "person_id"))


def log(cluster_id: int | None) -> QuerySet[Delivery]:
    """How every notice of a cluster went, the latest notice first; nothing outside a cluster."""
    found = Delivery.objects.filter(notice__cluster_id=cluster_id, notice__cluster_id__isnull=False)
    return found.select_related("notice").order_by("-notice__at", "-notice", "pk")
