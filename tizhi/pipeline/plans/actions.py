"""计划的办理: a plan is opened, written, taken step by step to where it is in force, and revised [C2, C3]."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import File

from tizhi.base.acts.action import action
from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import Denied, RuleBroken, require_sound
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.scheme.who import platform, secretariat
from tizhi.pipeline.studies.models import Study

from . import queries, rules, states, writing
from .commenting import comment, reopen_comment, reply, resolve
from .declared import entry_of
from .measuring import add_measure, change_measure, withdraw_measure
from .models import Plan, PlanVersion, Section, SectionFile, StepRecord
from .parties import Parties
from .who import author_for_school, author_of_plan, may_do_step

__all__ = [
    "add_measure", "add_picture", "change_measure", "comment", "complete_step", "import_text", "open_plan",
    "open_text", "pass_step", "reopen_comment", "reply", "resolve", "return_text", "revise", "save_section",
    "send_back", "submit_again", "submit_text", "undo_step", "withdraw_measure",
]  # fmt: skip

# Opening and writing


@action("建立计划", by=[author_for_school], creates=True)
def open_plan(actor: Actor, member: Member, *, declared: str, day: date | None = None) -> Plan:
    """Open the plan of a kind for the school `member`, of the span that covers `day` (today); one per span."""
    entry = entry_of(member.cluster_id, declared)
    there = Parties.of(member.cluster_id)
    if entry is None:
        raise RuleBroken("请选择计划种类。", {"declared": "请选择计划种类"})
    if entry.per not in there.roles.get(member.unit_id, ()):
        raise RuleBroken("该单位不编制这种计划。", {"school": "该单位不编制这种计划"})
    if not there.acts_as(actor, (entry.author,), member.unit_id):
        raise Denied(open_plan.label)
    period, first, last = rules.span_of(entry, day or clock.today())
    held = Plan.objects.filter(
        cluster=member.cluster_id, unit=member.unit_id, declared=declared, first_year=first, period=period
    )
    if held.exists():
        span = rules.words_of_span(period, first, last)
        raise RuleBroken(f"{member.unit}{span}的{entry.name}已经建立，请直接打开。", {"span": "这一期的计划已经建立"})
    plan = Plan.objects.create(
        cluster_id=member.cluster_id, unit=member.unit, declared=declared, period=period, first_year=first,
        last_year=last, opened_at=clock.now(), writer_id=person_of(actor),
    )  # fmt: skip
    writing.add_sections(plan, entry)
    return plan


@action("修改章节", by=[author_of_plan], when=states.text_closed)
def save_section(actor: Actor, section: Section, *, html: str) -> Section:
    """Put `html`, cleaned, into one section; pictures only those of the plan. What stood there is kept.

    Stale when somebody else wrote meanwhile; RuleBroken when it is too much.
    """
    writing.write_section(actor, section, html)
    return section


@action("插入图片", by=[author_of_plan], when=states.text_closed)
def add_picture(actor: Actor, plan: Plan, *, file: File) -> SectionFile:
    """Take a picture that may then stand in the text of the plan."""
    if SectionFile.objects.filter(plan=plan).count() >= rules.MOST_PICTURES:
        raise RuleBroken(f"一份计划最多插入{rules.MOST_PICTURES}张图片。")
    return SectionFile.objects.create(plan=plan, file=take(file, StoredFile.Kind.PHOTO, actor.person_id))


@action("导入文本", by=[author_of_plan], when=states.text_closed)
def import_text(actor: Actor, plan: Plan, *, texts: dict[str, str], replace: bool = False) -> Plan:
    """Put imported texts into the sections named by key, after what stands there or in its place; that is kept."""
    rows = {one.key: one for one in Section.objects.select_for_update().filter(plan=plan)}
    if unknown := texts.keys() - rows.keys():
        raise RuleBroken("请为每一段选择计划中的章节。", {one: "请选择章节" for one in unknown})
    for key, html in texts.items():
        section = rows[key]
        section.plan = plan
        joined = html if replace else section.html + html
        writing.write_section(actor, section, joined, reason="从Word文档导入前的文本")
        section.version += 1
        section.save(update_fields=["version"])
    return plan


# The course


@action("送交文本", by=[author_of_plan], when=states.no_text_wanted)
def submit_text(actor: Actor, plan: Plan, *, note: str = "") -> PlanVersion:
    """Freeze the text and, where the open step asks for a text submitted, complete it."""
    course, now = writing.open_stage(plan)
    if not Parties.of(plan.cluster_id).acts_as(actor, (*now.declared.by, course.entry.author), plan.unit_id):  # type: ignore[union-attr]
        raise Denied(submit_text.label)
    if rules.is_blank(one.html for one in queries.sections_of(plan)):
        raise RuleBroken("计划还没有文本，请先填写各章节再送交。")
    version = writing.freeze(actor, plan, step=now.declared.id, note=note)
    if now.declared.evidence.text == "submitted":
        _require_no_paper(now.declared.evidence.paper)
        writing.complete(actor, plan, course, on=clock.today(), note=note, version=version)
    return version


def _require_no_paper(paper: str) -> None:
    """A step that asks for a paper beside the text is completed by `complete_step`, which takes it."""
    if paper:
        raise RuleBroken(f"这一步还要附“{paper}”，请一并上传。", {"paper": f"请上传“{paper}”"})


@action("办理步骤", by=[may_do_step], when=states.no_step_to_complete)
def complete_step(
    actor: Actor,
    plan: Plan,
    *,
    step: str,
    on: date | None = None,
    paper: File | StoredFile | None = None,
    study: Study | int | None = None,
    note: str = "",
    number: str = "",
) -> StepRecord:
    """Complete the open step `step`: needs stated, a study chosen, a text confirmed or accepted, a paper brought.

    `on` is today if left out, for a study its last day. RuleBroken names what the evidence lacks.
    """
    course, now = writing.open_stage(plan)
    if now.declared.id != step:
        raise RuleBroken(f"计划已经办到“{now.name}”，请刷新页面后再办。")
    if now.missing:
        raise RuleBroken("；".join(now.missing) + "。")
    chosen = _chosen(plan, course, study)
    on = on or (chosen.last_day if chosen else None) or clock.today()
    asked = now.declared.evidence
    require_sound(
        rules.faults_of_step(
            now.declared, on, clock.today(), has_paper=paper is not None, has_study=chosen is not None,
            study_has_report=bool(chosen and chosen.report_id), number=number,
        )
    )  # fmt: skip
    version = course.handed if asked.confirmed or asked.text == "accepted" else None
    if asked.text == "submitted":
        version = writing.freeze(actor, plan, step=step, note=note)
    file = writing.kept(actor, paper) or (chosen.report if chosen and asked.paper else None)
    return writing.complete(
        actor, plan, course, on=on, note=note, study=chosen, version=version, paper=file, number=number.strip()
    )


def _chosen(plan: Plan, course: Any, study: Study | int | None) -> Study | None:
    if course.now.declared.evidence.study is None or study is None:
        return None
    pk = study.pk if isinstance(study, Study) else study
    found = next((one for one in queries.studies_for(plan, course) if one.pk == pk), None)
    if found is None:
        raise RuleBroken("这次调研不符合方案对这一步的要求。", {"study": "请从列出的调研中选择"})
    return found


@action("退回修改", by=[may_do_step], when=states.nothing_to_return)
def return_text(actor: Actor, plan: Plan, *, note: str) -> Plan:
    """Send the text back to who wrote it instead of confirming or accepting it; the reason is required."""
    writing.require_reason(note)
    course, _ = writing.open_stage(plan)
    writing.back_to_text(actor, plan, course, note)
    return plan


@action("撤销步骤", by=[secretariat], when=states.nothing_to_undo)
def undo_step(actor: Actor, plan: Plan, *, note: str) -> Plan:
    """Take back the step done last in this revision; its record stays, with the reason, which is required."""
    writing.require_reason(note)
    course = states.course_of(plan)
    writing.take_back(actor, plan, course.done_records[-1:], note)
    return plan


@action("启动修订", by=[author_of_plan, secretariat], when=states.not_in_force)
def revise(actor: Actor, plan: Plan, *, note: str) -> Plan:
    """Begin a revision at the step the scheme names; the text in force stays so until the new one is."""
    writing.require_reason(note)
    plan.revision += 1
    plan.revised_reason, plan.revised_at, plan.is_text_open = note[:300], clock.now(), False
    plan.save()
    return plan


# For the reviews, as parts of their actions


@action("专家审核通过", by=[platform], when=states.no_review_wanted)
def pass_step(actor: Actor, plan: Plan, *, passed: PlanVersion, note: str = "") -> StepRecord:
    """Complete the open step that asks for the experts' conclusion; `passed` is the text they read."""
    course, _ = writing.open_stage(plan)
    return writing.complete(actor, plan, course, on=clock.today(), note=note, version=passed)


@action("开放文本修改", by=[platform], when=states.no_review_wanted)
def open_text(actor: Actor, plan: Plan, *, note: str = "") -> Plan:
    """Let the authors change the text while the review step waits (有条件通过)."""
    plan.is_text_open = True
    plan.save()
    return plan


@action("再次送审", by=[author_of_plan], when=states.text_not_opened)
def submit_again(actor: Actor, plan: Plan, *, note: str = "") -> PlanVersion:
    """Freeze the changed text for the second reading, and close it."""
    _, now = writing.open_stage(plan)
    version = writing.freeze(actor, plan, step=now.declared.id, note=note)
    plan.is_text_open = False
    plan.save()
    return version


@action("退回重拟", by=[platform], when=states.no_review_wanted)
def send_back(actor: Actor, plan: Plan, *, note: str) -> Plan:
    """The experts did not pass it: the course goes back to the step that brought the text."""
    course, _ = writing.open_stage(plan)
    writing.back_to_text(actor, plan, course, note)
    return plan
