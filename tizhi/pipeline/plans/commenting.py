"""批注: a word pinned to a passage, answered and settled by those who write and those it concerns."""

from __future__ import annotations

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.who import secretariat

from . import rules
from .models import Comment, Plan, Section
from .who import author_of_plan, may_comment, same_person


def _squeezed(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _resolved(comment: Comment) -> str | None:
    return "这条意见已经办结。" if comment.resolved_at else None


def _open(comment: Comment) -> str | None:
    return None if comment.resolved_at else "这条意见还没有办结。"


def _add(actor: Actor, plan: Plan, text: str, section: str, **given: object) -> Comment:
    if sentence := rules.fault_of_comment(text):
        raise RuleBroken(f"{sentence}。", {"text": sentence})
    return Comment.objects.create(
        plan=plan, section=section, text=text.replace("\0", "").strip(), person_id=person_of(actor),
        words=actor.words[:160], at=clock.now(), **given,
    )  # fmt: skip


@action("提出意见", by=[may_comment], creates=True)
def comment(
    actor: Actor, plan: Plan, *, section: str, text: str, quote: str = "", before: str = "", after: str = ""
) -> Comment:
    """Say something of a section, or of the passage `quote` in it, which is found again by what stands around it."""
    if not Section.objects.filter(plan=plan, key=section).exists():
        raise RuleBroken("请选择章节。", {"section": "请选择章节"})
    pinned = {"quote": _squeezed(quote)[:500], "before": _squeezed(before)[-60:], "after": _squeezed(after)[:60]}
    return _add(actor, plan, text, section, **pinned)


@action("回复意见", by=[may_comment])
def reply(actor: Actor, comment: Comment, *, text: str) -> Comment:
    """Answer a comment; an answer to an answer stands beside it."""
    first = comment.parent or comment
    return _add(actor, first.plan, text, first.section, parent=first)


@action("办结意见", by=[author_of_plan, same_person, secretariat], when=_resolved)
def resolve(actor: Actor, comment: Comment) -> Comment:
    """Say that a comment is dealt with."""
    comment.resolved_at, comment.resolved_words = clock.now(), actor.words[:160]
    comment.save()
    return comment


@action("重新打开意见", by=[author_of_plan, same_person, secretariat], when=_open)
def reopen_comment(actor: Actor, comment: Comment) -> Comment:
    """Take a comment up again."""
    comment.resolved_at, comment.resolved_words = None, ""
    comment.save()
    return comment
