"""账号登记: how an account is called at sign-in, by user name or by mail, and how it is shut."""

import re
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from pypinyin import lazy_pinyin

from . import links
from .models import User


def free_username(name: str, email: str = "") -> str:
    """A user name nobody has: the mail address, else the name in pinyin, with a number if it is taken."""
    wanted = email.lower() or re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(name)).lower()) or "user"
    taken = set(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    if wanted not in taken:
        return wanted
    return next(one for number in range(2, len(taken) + 3) if (one := f"{wanted}{number}") not in taken)


def email_is_taken(email: str, besides: User | None = None) -> bool:
    """Whether another account is entered by this mail address."""
    others = User.objects.filter(email=email.lower())
    if besides:
        others = others.exclude(pk=besides.pk)
    return bool(email) and others.exists()


def taken_emails(emails: Iterable[str]) -> set[str]:
    """Those of `emails` by which an account is entered already, in one query."""
    wanted = [email.lower() for email in emails if email]
    return set(User.objects.filter(email__in=wanted).values_list("email", flat=True))


def change_email(user: User, email: str) -> None:
    """Let `user` be known by another address; the old one opens nothing any more."""
    # allauth keeps addresses in rows of its own and would go on honouring the old one.
    EmailAddress.objects.filter(user=user).delete()
    user.email = email.lower()
    user.save(update_fields=["email"])


def shut(user: User) -> None:
    """Close the account: its sessions end with the next click, its links open nothing."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    links.void(user)


def reopen(user: User) -> None:
    """Let a shut account in again, with the password it had."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def fresh(user: User) -> User:
    """The account as it stands in the database, whatever stands for it in a request."""
    return User.objects.get(pk=user.pk)
