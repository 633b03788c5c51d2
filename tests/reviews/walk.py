"""走门: tries every address of the platform with the ids of a secret review, and tells what an answer gives away.

`Walk` reads what a person finds behind every door – pages, lists, searches, exports, JSON, calendars, papers.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from tests import make
from tizhi.base.accounts.models import User
from tizhi.pipeline.directory.actors import appointments_of
from tizhi.web.frame.middleware import CHOSEN

# What differs between two answers to the same question.
PASSING = re.compile(
    r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"|nonce-\S+|data-once="[^"]*"|csrfToken[^;]*|'
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
SLUGS = {"form": ("word", "pdf")}
ACTS = ("cancel", "accept", "decline", "take-back", "name-chair", "release")
POWERS = {"expert", "assign-experts"}
NEAR = ("reviews", "files", "notices")
# Signing out ends the walk; the sign-in pages are nobody's.
SHUT = ("account_logout", "account_login")


@dataclass(frozen=True)
class Door:
    """One address, and the name it goes by."""

    name: str
    path: str

    @property
    def space(self) -> str:
        """The subject it belongs to."""
        return self.name.partition(":")[0] if ":" in self.name else ""


def doors(ids: Iterable[int], marker: str, elsewhere: Iterable[int] = ()) -> list[Door]:
    """Every named address: where reviews themselves, files and notices are shown with each id in each place, anywhere
    else with each of `elsewhere`; what takes no id also with `marker` searched for.
    """
    found: dict[str, Door] = {}
    near, far = sorted(set(ids)), sorted(set(elsewhere)) or sorted(set(ids))
    for name, wanted in _named(get_resolver().url_patterns, ()):
        if name in SHUT:
            continue
        tried = near if name.partition(":")[0] in NEAR else far
        for values in product(*(_values(name, arg, kind, tried) for arg, kind in wanted)):
            try:
                path = reverse(name, args=values)
            except NoReverseMatch:
                continue
            found.setdefault(path, Door(name, path))
            if not wanted:
                found.setdefault(f"{path}?q={marker}", Door(name, f"{path}?q={marker}"))
    return list(found.values())


def _named(patterns: Iterable, space: tuple[str, ...]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _named(one.url_patterns, (*space, one.namespace) if one.namespace else space)
        elif one.name and isinstance(one.pattern, RoutePattern):
            kinds = [(arg, type(kind).__name__) for arg, kind in one.pattern.converters.items()]
            yield ":".join((*space, one.name)), kinds


def _values(name: str, arg: str, kind: str, ids: list[int]) -> tuple[object, ...]:
    if kind == "IntConverter":
        return tuple(ids) if arg != "year" else (2026,)
    if arg in SLUGS:
        return SLUGS[arg]
    if name.startswith("reviews:") and arg == "name":
        return ACTS
    return ("bnu",) if arg == "key" else ("five-year",)


@dataclass
class Walk:
    """What one person found: by path, status and text."""

    user: User | None
    found: dict[str, tuple[int, str]] = field(default_factory=dict)

    def through(self, doors: Iterable[Door]) -> Walk:
        """Try each of the doors."""
        client = Client(raise_request_exception=False)
        if self.user:
            signed_in(client, self.user)
        for door in doors:
            answer = client.get(door.path)
            self.found[door.path] = (answer.status_code, text_of(answer))
        return self

    def told(self, markers: Iterable[str], doors: Iterable[Door]) -> list[str]:
        """The doors behind which one of the markers stands; one that was searched for stands there as typed."""
        markers = list(markers)
        leaks = []
        for door in doors:
            text = self.found.get(door.path, (0, ""))[1]
            if "?q=" in door.path:
                continue
            leaks += [f"{door.path}: {marker}" for marker in markers if marker in text]
        return leaks

    def differs(self, other: Walk) -> list[str]:
        """The doors behind which the two found something else."""
        return [path for path, seen in self.found.items() if path in other.found and other.found[path] != seen]


def signed_in(client: Client, user: User) -> Client:
    """Signed in and, whoever sits in the committee, acting in that seat."""
    make.signed_in(client, user)
    if seat := next((one for one in appointments_of(user) if one.seat and POWERS & set(one.powers)), None):
        session = client.session
        session[CHOSEN] = seat.pk
        session.save()
    return client


def text_of(answer) -> str:  # type: ignore[no-untyped-def]
    """The words of an answer: of a Word or Excel file what its parts say, of a page what does not pass."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    location = answer.headers.get("Location", "")
    if content[:4] == b"%PDF":
        # Made from the same document as the Word file beside it; the bytes hold the moment.
        return "PDF"
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [packed.read(one).decode(errors="replace") for one in sorted(packed.namelist())]
        return re.sub(r"<[^>]*>", "", "\n".join(parts))
    return location + PASSING.sub("", content.decode(errors="replace"))
