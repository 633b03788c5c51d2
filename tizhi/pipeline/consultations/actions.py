"""问诊的办理: a school asks, an office takes it on, experts advise, the school adopts and tells what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files.base import File

from tizhi.base.acts.action import action
from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken, require_sound
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.scheme.models import Member, Unit
from tizhi.pipeline.scheme.who import pair_office_of_unit, secretariat

from . import naming, queries, rules, telling
from .candidates import Candidate, candidates
from .models import Consultant, Consultation, ConsultationFile, Effect
from .who import asking_school, assigner, expert_asked, owner_of_case

State = Consultation.State
COLUMNS = frozenset({"title", "text", "wanted", "area_id", "need_id", "finding_id"})


def _require_reason(note: str, sentence: str = "请写明原因") -> None:
    if not note.strip():
        raise RuleBroken(f"{sentence}。", {"note": sentence})


# The school asks


def _fill(one: Consultation, given: Mapping[str, Any]) -> None:
    if unknown := given.keys() - COLUMNS:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    for name, value in given.items():
        setattr(one, name, value)
    one.title = " ".join(one.title.split())


def _belongs(one: Consultation) -> dict[str, str]:
    """Area, need and finding are the cluster's and the school's own."""
    found = {}
    if one.area_id and not queries.areas(one.cluster_id).filter(pk=one.area_id).exists():
        found["area"] = "请从重点内容中选择"
    if one.need_id and not queries.needs_of(one.cluster_id, one.unit_id, one.need_id).filter(pk=one.need_id).exists():
        found["need"] = "请从本校的需求中选择"
    return found


def _require_sound(one: Consultation) -> None:
    require_sound(rules.faults(one, complete=one.state != State.DRAFT) | _belongs(one))


def _keep(
    actor: Actor, one: Consultation, files: Sequence[File] = (), removed: Collection[int] = ()
) -> Consultation:  # fmt: skip
    _require_sound(one)
    one.save()
    if removed:
        one.files.filter(file__in=list(removed)).delete()
    _attach(actor, one, files)
    return one


def _attach(actor: Actor, one: Consultation, files: Sequence[File]) -> None:
    if files and one.files.count() + len(files) > rules.FILES:
        raise RuleBroken(f"材料最多{rules.FILES}份。", {"files": f"材料最多{rules.FILES}份，请合并后上传"})
    for file in files:
        try:
            stored = take(file, StoredFile.Kind.PAPER, actor.person_id)
        except RuleBroken as fault:
            raise RuleBroken(fault.message, {"files": fault.message}) from fault
        ConsultationFile.objects.create(consultation=one, file=stored)


def _tell_asked(one: Consultation) -> None:
    partners = queries.partners_of(one.cluster_id, one.unit_id)
    tests = [telling.cluster_office, *(telling.pair_office_of(partner) for partner in partners)]
    telling.tell_turn(one, "asked", "有新的问诊待受理", f"{one.unit}提出。", tests)


@action("起草问诊", by=[asking_school], creates=True)
def open_case(actor: Actor, member: Member, *, files: Sequence[File] = (), **given: Any) -> Consultation:
    """Begin a case of the school `member`: a draft that may be unfinished but not wrong.

    `given` are the columns of COLUMNS; RuleBroken names the fields that are wrong.
    """
    if not queries.is_supported(member.cluster_id, member.unit_id):
        raise RuleBroken("问诊由重点支持院校提出。")
    one = Consultation(
        cluster_id=member.cluster_id, unit_id=member.unit_id, writer_id=person_of(actor), created_at=clock.now()
    )
    _fill(one, given)
    return _keep(actor, one, files)


@action("修改问诊", by=[asking_school], when=rules.not_changeable)
def change_case(
    actor: Actor,
    one: Consultation,
    *,
    files: Sequence[File] = (),
    removed: Collection[int] = (),
    **given: Any,
) -> Consultation:
    """Put the words of a case right until it is taken on. `removed` are ids of files."""
    _fill(one, given)
    return _keep(actor, one, files, removed)


@action("提出问诊", by=[asking_school], when=rules.not_askable)
def ask_case(actor: Actor, one: Consultation) -> Consultation:
    """Ask what stands in the draft: from now on the offices read it and its days are counted."""
    one.state, one.asked_at = State.ASKED, clock.now()
    _require_sound(one)
    one.save()
    _tell_asked(one)
    return one


@action("删除问诊草稿", by=[asking_school], when=rules.not_draft)
def discard(actor: Actor, one: Consultation) -> Consultation:
    """Throw a draft away: nobody but the school has seen it."""
    kept = Consultation(pk=one.pk, cluster_id=one.cluster_id, unit_id=one.unit_id, title=one.title)
    one.delete()
    return kept


@action("撤回问诊", by=[asking_school], when=rules.not_withdrawable)
def withdraw(actor: Actor, one: Consultation, *, note: str) -> Consultation:
    """Take back what is not answered yet; the reason is required and seen by who was dealing with it."""
    _require_reason(note, "请写明撤回原因")
    one.state, one.withdrawn_reason, one.withdrawn_at = State.WITHDRAWN, note[:200], clock.now()
    one.save()
    return one


# An office takes it on


@action("受理问诊", by=[secretariat, pair_office_of_unit, owner_of_case], when=rules.not_triageable)
def triage(actor: Actor, one: Consultation, *, helper: Unit, note: str = "") -> Consultation:
    """Say which unit answers the case – the lead or a partner – or hand it over to another; the pair office takes it on
    for its own unit, or passes it on.
    """
    if helper not in queries.helpers(one.cluster_id):
        raise RuleBroken("请选择牵头高校或帮扶高校作为承办单位。", {"helper": "请选择牵头高校或帮扶高校"})
    one.helper, one.state = helper, State.TRIAGED
    one.triaged_words = actor.words[:160]
    one.triaged_at = one.triaged_at or clock.now()
    one.save()
    told = f"{one.unit}提出，请组织答复。"
    telling.tell_turn(one, f"triaged-{helper.pk}", "问诊由你单位承办", told, [telling.pair_office_of(helper.pk)])
    return one


@action("登记会诊", by=[owner_of_case, secretariat], when=rules.not_triaged)
def record_session(
    actor: Actor, one: Consultation, *, on: date | None, words: str, activity: Activity | None = None
) -> Consultation:
    """Enter when and how the experts meet, or met; a brief of that guidance may be named."""
    require_sound(rules.faults_of_session(on, words, one.asked_at, clock.today()))
    if activity and not queries.guidance_for(actor, one).filter(pk=activity.pk).exists():
        raise RuleBroken("请选择该校参加的专家指导动态。", {"activity": "请选择该校参加的专家指导动态"})
    one.session_on, one.session_words, one.activity = on, words.strip()[:120], activity
    one.save()
    return one


@action("答复问诊", by=[owner_of_case, secretariat], when=rules.not_triaged)
def answer(actor: Actor, one: Consultation, *, advice: str, files: Sequence[File] = ()) -> Consultation:
    """Give the school its answer, made from what the experts advise; from now on it is the school's turn."""
    require_sound(rules.faults_of_advice(advice, 8000))
    one.advice, one.state = advice.strip(), State.ANSWERED
    one.answered_at, one.answered_words = clock.now(), actor.words[:160]
    one.save()
    _attach(actor, one, files)
    told = f"{one.helper}已答复，请反馈是否采纳。"
    telling.tell_turn(one, "answered", "问诊已答复", told, [telling.of_school(one.unit_id)])
    return one


# Experts


@action("邀请会诊专家", by=[assigner, owner_of_case], when=rules.not_triaged)
def invite(actor: Actor, one: Consultation, *, people: Collection[int], override: str = "") -> Consultation:
    """Ask experts for advice; one who is full or away only with a reason, the school's own people never."""
    by_person = {each.person.pk: each for each in candidates(one)}
    chosen = [by_person.get(person) for person in dict.fromkeys(people)]
    require_sound(_faults_of_choice(chosen, override))
    for each in chosen:
        assert each is not None  # noqa: S101  # a fault otherwise
        asked = Consultant.objects.create(
            consultation=one, person=each.person, invited_at=clock.now(), invited_words=actor.words[:160],
            override=override.strip()[:200] if each.burden else "",
        )  # fmt: skip
        telling.tell_expert(asked)
    return one


def _faults_of_choice(chosen: Sequence[Candidate | None], override: str) -> dict[str, str]:
    if not chosen:
        return {"people": "请选择要邀请的专家"}
    known = [each for each in chosen if each is not None]
    if len(known) < len(chosen):
        return {"people": "请从专家名单中选择"}
    if barred := next((each for each in known if not each.may_be_asked), None):
        return {"people": f"{barred.person}{barred.barred or '已经邀请过'}"}
    burdened = [f"{each.person}{each.burden}" for each in known if each.burden]
    if burdened and not override.strip():
        return {"override": f"{'；'.join(burdened)}。仍要邀请的，请写明原因"}
    return {}


@action("接受会诊邀请", by=[expert_asked], when=rules.not_invited)
def accept(actor: Actor, consultant: Consultant) -> Consultation:
    """Take the case on."""
    consultant.state, consultant.answered_at = Consultant.State.ACCEPTED, clock.now()
    consultant.save()
    return consultant.consultation


@action("谢绝会诊邀请", by=[expert_asked], when=rules.not_invited)
def decline(actor: Actor, consultant: Consultant, *, note: str) -> Consultation:
    """Say no, and why; the owner asks somebody else."""
    _require_reason(note, "请写明谢绝原因")
    consultant.state, consultant.answered_at = Consultant.State.DECLINED, clock.now()
    consultant.declined_reason = note[:300]
    consultant.save()
    one = consultant.consultation
    told = f"{consultant.person}谢绝：{note[:200]}"
    telling.tell_turn(one, f"declined-{consultant.pk}", "专家谢绝问诊", told, [telling.pair_office_of(one.helper_id)])
    return one


@action("提出会诊意见", by=[expert_asked], when=rules.not_accepted)
def advise(actor: Actor, consultant: Consultant, *, advice: str) -> Consultation:
    """Give one's advice, or put it right, until the owner has answered the school."""
    require_sound(rules.faults_of_advice(advice))
    is_first = consultant.advised_at is None
    consultant.advice, consultant.advised_at = advice.strip(), clock.now()
    consultant.save()
    one = consultant.consultation
    if is_first:
        told = f"{consultant.person}提出了意见。"
        telling.tell_turn(
            one, f"advised-{consultant.pk}", "专家已提出意见", told, [telling.pair_office_of(one.helper_id)]
        )
    return one


# The school adopts, and tells what came of it


@action("反馈采纳情况", by=[asking_school], when=rules.not_answered)
def decide(actor: Actor, one: Consultation, *, decision: str, reason: str = "") -> Consultation:
    """Say whether the advice is adopted, in part or not at all, and why; what is not adopted is closed at once."""
    require_sound(rules.faults_of_decision(decision, reason))
    one.decision, one.decision_reason = decision, reason.strip()
    one.decided_at, one.decided_words = clock.now(), actor.words[:160]
    one.state = State.DECIDED
    if decision == Consultation.Decision.REFUSED:
        one.state, one.closed_at = State.CLOSED, clock.now()
    one.save()
    said = Consultation.Decision(decision).label
    telling.tell_turn(one, "decided", f"问诊建议{said}", f"{one.unit}反馈。", [telling.pair_office_of(one.helper_id)])
    return one


@action("登记问诊成效", by=[asking_school], when=rules.not_followed)
def tell_effect(actor: Actor, one: Consultation, *, months: int, text: str) -> Consultation:
    """Tell what has come of the advice after three, and after six months; with the last the case is closed."""
    told = queries.told_months(one)
    require_sound(rules.fault_of_effect(one, months, told, text, clock.today()))
    Effect.objects.create(
        consultation=one, after_months=months, text=text.strip(), person_id=person_of(actor), words=actor.words[:160],
        at=clock.now(),
    )  # fmt: skip
    if {*told, months} >= set(rules.EFFECTS):
        one.state, one.closed_at = State.CLOSED, clock.now()
    one.save()
    return one


# The case base


def _fill_case(one: Consultation, given: Mapping[str, str]) -> None:
    for name in naming.FIELDS:
        setattr(one, name, given[name].strip())


@action("整理案例", by=[owner_of_case, secretariat], when=rules.not_a_case_yet)
def prepare_case(actor: Actor, one: Consultation, *, case_title: str, case_text: str, case_advice: str) -> Consultation:
    """Write the text of the case without persons and units, for the cluster's office to check."""
    given = {"case_title": case_title, "case_text": case_text, "case_advice": case_advice}
    require_sound(rules.faults_of_case(given) or naming.faults_of_names(given, naming.names_of(one.cluster_id)))
    _fill_case(one, given)
    one.case_prepared_at, one.case_prepared_words = clock.now(), actor.words[:160]
    one.save()
    return one


@action("案例入库", by=[secretariat], when=rules.not_prepared)
def share_case(actor: Actor, one: Consultation, *, case_title: str, case_text: str, case_advice: str) -> Consultation:
    """Put the checked text into the case base; refused while a name of the directory stands in it."""
    given = {"case_title": case_title, "case_text": case_text, "case_advice": case_advice}
    require_sound(rules.faults_of_case(given) or naming.faults_of_names(given, naming.names_of(one.cluster_id)))
    _fill_case(one, given)
    one.shared_at, one.shared_words = clock.now(), actor.words[:160]
    one.save()
    return one


@action("移出案例库", by=[secretariat], when=rules.not_shared)
def take_back_case(actor: Actor, one: Consultation, *, note: str) -> Consultation:
    """Take a case out of the base, to be put right; the reason stays in the history."""
    _require_reason(note)
    one.shared_at, one.shared_words = None, ""
    one.save()
    return one
