"""办理人: who acts, and in which post."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """One person in one post at one moment; built by `directory`, the only thing rights are tested on.

    `powers` are those of this post alone: a person with two posts acts in one of them at a time.
    `unit_id` is the unit the post belongs to, `reports_for` the units it may enter work for,
    `reads` the units whose unpublished work it reads; `leads_cluster` says that its unit leads, `of_department` that it
    is a provincial department.
    `principals` are the posts a secretary acts for [B7].
    """

    user_id: int | None = None
    person_id: int | None = None
    appointment_id: int | None = None
    cluster_id: int | None = None
    unit_id: int | None = None
    body_id: int | None = None
    post: str = ""
    powers: frozenset[str] = frozenset()
    reports_for: frozenset[int] = frozenset()
    reads: frozenset[int] = frozenset()
    name: str = ""
    post_words: str = ""
    unit_words: str = ""
    leads_cluster: bool = False
    of_department: bool = False
    is_administrator: bool = False
    principals: tuple[Actor, ...] = field(default=(), repr=False)
    address: str = ""

    @property
    def words(self) -> str:
        """Name, unit and post in words, as history keeps them."""
        place = f"{self.unit_words}{self.post_words}"
        return f"{self.name}（{place}）" if place else self.name

    def has(self, power: str) -> bool:
        """Whether this post carries `power`."""
        return power in self.powers


def person_of(actor: Actor) -> int:
    """The person who acts: whoever passes a predicate about a post acts in one, and a post has its person."""
    assert actor.person_id is not None  # noqa: S101
    return actor.person_id


ANYONE = Actor(name="未登录用户")


def system(name: str = "系统") -> Actor:
    """The platform itself: timed work such as opening a quarter."""
    return Actor(name=name, powers=frozenset({"system"}))
