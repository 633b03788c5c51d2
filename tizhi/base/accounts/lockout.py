"""登录锁定: django-axes counts wrong passwords by account and address; this says whom it holds back and for how long.

Times here are the machine's, as in the rows of axes, not those of `kit.clock`.
"""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil
from typing import Any

from allauth.account.adapter import get_adapter
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from .models import User


def name_tried(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The account somebody tries to enter, by user name or by mail; the text as typed where there is none.

    Both ways of naming one account count together.
    """
    given = credentials or {}
    typed = given.get("username") or given.get("email") or (request.POST.get("login") if request else "") or ""
    typed = str(typed).strip().lower()
    if not typed:
        return ""
    named = User.objects.filter(Q(username=typed) | Q(email=typed)).order_by("pk")
    return named.values_list("username", flat=True).first() or typed[:150]


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from, behind as many trusted proxies as TIZHI_PROXIES says; None if from nowhere."""
    return get_adapter(request).get_client_ip(request) if request.META.get("REMOTE_ADDR") else None


def minutes_left(names: Iterable[str], ip_address: str | None = None) -> dict[str, int]:
    """The accounts among `names` that are held back (from `ip_address`, or from anywhere), and for how many minutes."""
    tried = AccessAttempt.objects.filter(username__in=list(names))
    return _held(tried.filter(ip_address=ip_address) if ip_address else tried)


def held_back() -> list[str]:
    """All accounts that are held back from some address now."""
    return list(_held(AccessAttempt.objects.all()))


def _held(tried: QuerySet[AccessAttempt]) -> dict[str, int]:
    now, hold = timezone.now(), timedelta(minutes=settings.LOCKOUT_MINUTES)
    by_address = tried.filter(attempt_time__gt=now - hold).order_by().values("username", "ip_address")
    counted = by_address.annotate(wrong=Sum("failures_since_start"), last=Max("attempt_time"))
    held: dict[str, int] = {}
    for row in counted.filter(wrong__gte=settings.AXES_FAILURE_LIMIT):
        minutes = ceil((row["last"] + hold - now).total_seconds() / 60)
        held[row["username"]] = max(minutes, held.get(row["username"], 0))
    return held


def unlock(user: User) -> None:
    """Forget the wrong passwords tried on `user`."""
    reset(username=user.username)
