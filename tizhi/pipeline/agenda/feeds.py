"""订阅地址: the secret at the end of a calendar's address – drawn, found again by its hash, ended."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from tizhi.base.kit import clock
from tizhi.pipeline.directory.models import Person

from .models import Feed

# Calendars ask every few minutes; when one last asked is written down no more often than this.
NOTED_EVERY = timedelta(hours=1)


def new_secret() -> str:
    """What stands at the end of the address; 192 random bits."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret: str) -> Feed | None:
    """The open feed of `secret`, of somebody whose account is in use."""
    found = Feed.objects.filter(digest=digest(secret), ended_at=None, person__user__is_active=True)
    return found.select_related("person__user").first()


def of_person(person: int | None) -> Feed | None:
    """The open feed of a person, if there is one."""
    return Feed.objects.filter(person=person, ended_at=None).select_related("person").first()


def end(person: int) -> None:
    """Void the person's address; whoever asks at the same moment waits, so that one address is open."""
    Person.objects.select_for_update().get(pk=person)
    Feed.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())


def note_fetched(feed: Feed) -> None:
    """Write down that a calendar asked; no act of anybody, so no history."""
    now = clock.now()
    if feed.last_fetched_at is None or now - feed.last_fetched_at >= NOTED_EVERY:
        Feed.objects.filter(pk=feed.pk).update(last_fetched_at=now)
