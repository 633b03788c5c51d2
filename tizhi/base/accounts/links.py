"""一次性链接: letting somebody in without mail – an invitation, a new password, one sign-in.

Whoever makes a link draws its secret first (`new_secret`), shows `address(secret)` once and keeps nothing but the hash.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from tizhi.base.kit import clock

from .models import OneTimeLink, User

Purpose = OneTimeLink.Purpose
LIFETIME = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.PASSWORD: timedelta(days=1),
    Purpose.SIGNIN: timedelta(days=1),
}


def new_secret() -> str:
    """What stands at the end of a link's address; 192 random bits."""
    return secrets.token_urlsafe(24)


def address(secret: str) -> str:
    """The whole address that is handed over."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("account_link", args=[secret])


def issue(user: User, purpose: str, secret: str) -> OneTimeLink:
    """Let `secret` open the account of `user` once; links made for it before are void from now on."""
    void(user)
    now = clock.now()
    return OneTimeLink.objects.create(
        user=user, purpose=purpose, digest=_digest(secret), made_at=now, expires_at=now + LIFETIME[Purpose(purpose)]
    )


def make_link(user: User, purpose: str) -> str:
    """A new link for `user`: its address, to be shown once."""
    secret = new_secret()
    issue(user, purpose, secret)
    return address(secret)


def find(secret: str) -> OneTimeLink | None:
    """The link of `secret` if it still opens; looking does not use it up."""
    return _open().filter(digest=_digest(secret), user__is_active=True).select_related("user").first()


def use(link: OneTimeLink) -> bool:
    """Use `link` up; False if somebody else was quicker."""
    return _open().filter(pk=link.pk).update(used_at=clock.now()) == 1


def void(user: User) -> None:
    """Close every unused link of `user`."""
    _open().filter(user=user).update(expires_at=clock.now())


def _open() -> QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(used_at__isnull=True, expires_at__gt=clock.now())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
