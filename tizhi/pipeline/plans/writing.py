"""写入: freezing a text, completing a step and taking it back – what several actions do in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.base import File

from tizhi.base.documents import rich
from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.entries import PlanEntry
from tizhi.pipeline.studies.models import Study

from . import evidence, queries, rules, text
from .course import Course, Stage, course_of
from .models import Plan, PlanVersion, Section, SectionPast, StepRecord

# One person's changes of one sitting leave one old text behind, not one per keystroke.
SITTING = timedelta(minutes=30)


def require_reason(note: str) -> None:
    """A reason is asked for, and fits."""
    if not note.strip():
        raise RuleBroken("请写明原因。", {"note": "请写明原因"})
    if len(note) > 300:
        raise RuleBroken("原因不超过300字。", {"note": "原因不超过300字"})


def open_stage(plan: Plan) -> tuple[Course, Stage]:
    """The course and its open step; RuleBroken when there is none."""
    course = course_of(plan)
    if course.now is None:
        raise RuleBroken("这份计划的各步骤已经办完；确需改动的，请启动修订。")
    return course, course.now


def add_sections(plan: Plan, entry: PlanEntry) -> None:
    """A row for every section of the scheme that has none yet."""
    have = set(Section.objects.filter(plan=plan).values_list("key", flat=True))
    Section.objects.bulk_create([Section(plan=plan, key=one.id) for one in entry.sections if one.id not in have])


# The text


def freeze(actor: Actor, plan: Plan, *, step: str, note: str = "") -> PlanVersion:
    """Keep the text as it now is, under the next number."""
    content = text.content_of(plan)
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
    return PlanVersion.objects.create(
        plan=plan, number=(last or 0) + 1, revision=plan.revision, step=step, content=content,
        sha256=rules.sealed(content), person_id=person_of(actor), words=actor.words[:160], note=note[:300],
        at=clock.now(),
    )  # fmt: skip


def write_section(actor: Actor, section: Section, html: str, reason: str = "") -> None:
    """Put a cleaned text into a section; what stood there is kept once per person and sitting."""
    clean = rich.clean(html.replace("\0", ""), queries.pictures_of(section.plan))
    if sentence := rules.fault_of_text(clean):
        raise RuleBroken(f"{sentence}。", {"html": sentence})
    if clean == section.html:
        return
    _keep_past(actor, section, reason)
    section.html, section.changed_at, section.changed_words = clean, clock.now(), actor.words[:160]
    section.save()


def _keep_past(actor: Actor, section: Section, reason: str) -> None:
    if rich.is_empty(section.html):
        return
    goes_on = section.changed_words == actor.words[:160] and section.changed_at is not None
    if goes_on and not reason and clock.now() - section.changed_at < SITTING:  # type: ignore[operator]
        return
    SectionPast.objects.create(
        section=section, html=section.html, words=section.changed_words, at=section.changed_at,
        replaced_words=actor.words[:160], replaced_at=clock.now(), reason=reason[:120],
    )  # fmt: skip


# Steps


def kept(actor: Actor, paper: File | StoredFile | None) -> StoredFile | None:
    """The paper in the storage; a fault is the field's."""
    if paper is None or isinstance(paper, StoredFile):
        return paper
    try:
        return take(paper, StoredFile.Kind.PAPER, actor.person_id)
    except RuleBroken as fault:
        raise RuleBroken(fault.message, {"paper": fault.message}) from fault


def complete(
    actor: Actor, plan: Plan, course: Course, *, on: date, note: str = "", study: Study | None = None,
    version: PlanVersion | None = None, paper: StoredFile | None = None, number: str = "",
) -> StepRecord:  # fmt: skip
    """Record the open step as done; the last one puts the text in force."""
    now = course.now
    assert now is not None  # noqa: S101
    is_last = now is course.steps[-1] or all(one.state == "done" for one in course.steps if one is not now)
    if is_last and version is None:
        version = course.handed or freeze(actor, plan, step=now.declared.id)
    record = StepRecord.objects.create(
        plan=plan, revision=plan.revision, step=now.declared.id, on=on, at=clock.now(), person_id=actor.person_id,
        words=actor.words[:160], note=note[:500], study=study, version=version, paper=paper, number=number[:60],
    )  # fmt: skip
    plan.is_text_open = False
    if is_last:
        plan.in_force, plan.in_force_revision, plan.in_force_on = version, plan.revision, on
    plan.save()
    return record


def take_back(actor: Actor, plan: Plan, records: Sequence[StepRecord], reason: str) -> None:
    """Undo steps; the records stay with the reason. What was in force by them no longer is."""
    for one in records:
        one.undone_at, one.undone_words, one.undone_reason = clock.now(), actor.words[:160], reason[:300]
        one.save()
    plan.is_text_open = False
    if plan.in_force_revision == plan.revision:
        former = _former(plan)
        plan.in_force = former.version if former else None
        plan.in_force_revision = former.revision if former else None
        plan.in_force_on = former.on if former else None
    plan.save()


def _former(plan: Plan) -> StepRecord | None:
    """The record that put the text of the revision before in force."""
    done = StepRecord.objects.filter(
        plan=plan, revision__lt=plan.revision, undone_at__isnull=True, version__isnull=False
    )
    return done.order_by("revision", "pk").last()


def back_to_text(actor: Actor, plan: Plan, course: Course, reason: str) -> None:
    """Send the text back to who writes it: the last step that brought one is undone, with all after it.

    Where no such step was done, the open one is recorded as sent back: the text handed over no longer lies there.
    """
    makers = evidence.makers(tuple(one.declared for one in course.steps[course.starts_at :]))
    done = course.done_records
    places = [place for place, one in enumerate(done) if one.step in makers]
    if places:
        take_back(actor, plan, done[places[-1] :], reason)
        return
    now = course.now
    assert now is not None  # noqa: S101
    StepRecord.objects.create(
        plan=plan, revision=plan.revision, step=now.declared.id, on=clock.today(), at=clock.now(),
        person_id=actor.person_id, words=actor.words[:160], undone_at=clock.now(), undone_words=actor.words[:160],
        undone_reason=reason[:300], version=course.handed, is_return=True,
    )  # fmt: skip
    plan.is_text_open = False
    plan.save()
