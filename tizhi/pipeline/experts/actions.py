"""专家的办理: nominated, confirmed, appointed by letter; the expert's own pace and absences; certificates [B1]."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory import actions as directory
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Area, Body, Member, Seat
from tizhi.pipeline.scheme.who import secretariat

from . import notices, queries, rules
from .models import Absence, ExpertProfile, Nomination, ServiceCertificate
from .who import departments, nominator, the_expert

State = Nomination.State


def _require(faults: Mapping[str, str]) -> None:
    if faults:
        raise RuleBroken("".join(faults.values()), dict(faults))


def _require_reason(note: str) -> None:
    if not note.strip():
        raise RuleBroken("请写明原因。", {"note": "请写明原因，提名人会看到。"})


def _areas(cluster: int, areas: Collection[int]) -> list[Area]:
    found = list(Area.objects.filter(cluster=cluster, pk__in=set(areas)))
    if len(found) != len(set(areas)):
        _require({"areas": "请从本组团的重点内容中选择。"})
    return found


# Nominations


@action("提名专家", by=[nominator], when=rules.not_standing, creates=True)
def nominate(
    actor: Actor, body: Body, *, seat: Seat, person: Person | None = None, newcomer: Mapping[str, Any] | None = None,
    title: str = "", speciality: str = "", areas: Collection[int] = (), reason: str = "",
) -> Nomination:  # fmt: skip
    """Propose somebody for a seat of `body`: a `person` of the directory, or a `newcomer` entered with it.

    A newcomer says `member` (the unit) and what `directory.add_person` takes. RuleBroken names the fields.
    """
    faults = rules.nomination_faults(title.strip(), speciality.strip(), reason.strip())
    faults |= _seat_faults(body, seat)
    if person is None and not newcomer:
        faults["person"] = "请选择被提名人，或者登记一位新的人员。"
    _require(faults)
    known = person or _entered(actor, dict(newcomer or {}))
    _require(_person_faults(known, seat))
    named = departments(body.cluster_id)[body.declared]
    made = Nomination.objects.create(
        cluster_id=body.cluster_id, seat=seat, person=known, title=title.strip(), speciality=speciality.strip(),
        reason=reason.strip(), department=named.words[:80], writer_id=person_of(actor),
        nominated_words=actor.words[:160], nominated_at=clock.now(),
    )  # fmt: skip
    made.areas.set(_areas(body.cluster_id, areas))
    return made


def _entered(actor: Actor, newcomer: dict[str, Any]) -> Person:
    member: Member = newcomer.pop("member")
    made: Person = directory.add_person(actor, member, **newcomer)
    return made


def _seat_faults(body: Body, seat: Seat) -> dict[str, str]:
    # Two nominations at once must not share the last place.
    Seat.objects.select_for_update().get(pk=seat.pk)
    fault = rules.seat_fault(seat, body, queries.free_places(seat))
    return {"seat": fault} if fault else {}


def _person_faults(person: Person, seat: Seat) -> dict[str, str]:
    place = (person.pk, seat.pk)
    is_proposed = place in queries.proposed([person], [seat])
    fault = rules.person_fault(person, seat, is_proposed, queries.terms_of([person], [seat])[place])
    return {"person": fault} if fault else {}


@action("修改专家提名", by=[nominator], when=rules.not_nominated)
def change_nomination(
    actor: Actor, nomination: Nomination, *, title: str = "", speciality: str = "", areas: Collection[int] = (),
    reason: str = "",
) -> Nomination:  # fmt: skip
    """Put the words of a nomination right before it is confirmed."""
    _require(rules.nomination_faults(title.strip(), speciality.strip(), reason.strip()))
    nomination.title, nomination.speciality, nomination.reason = title.strip(), speciality.strip(), reason.strip()
    nomination.save()
    nomination.areas.set(_areas(nomination.cluster_id, areas))
    return nomination


@action("撤回专家提名", by=[nominator], when=rules.not_open)
def withdraw_nomination(actor: Actor, nomination: Nomination, *, note: str) -> Nomination:
    """Take a nomination back before the letter; why stays in the history."""
    _require_reason(note)
    nomination.state = State.WITHDRAWN
    nomination.save()
    return nomination


@action("确认专家提名", by=[secretariat], when=rules.not_nominated)
def confirm_nomination(actor: Actor, nomination: Nomination) -> Nomination:
    """Accept a nomination; the appointment by letter comes next."""
    _decide(actor, nomination, State.CONFIRMED)
    notices.tell_nominator(nomination, "确认", "专家提名已确认，待发聘书")
    return nomination


@action("不予确认", by=[secretariat], when=rules.not_nominated)
def decline_nomination(actor: Actor, nomination: Nomination, *, note: str) -> Nomination:
    """Decline a nomination, with the reason that the nominator reads."""
    _require_reason(note)
    nomination.declined_reason = note.strip()[:300]
    _decide(actor, nomination, State.DECLINED)
    notices.tell_nominator(nomination, "未通过", "专家提名未通过", note.strip())
    return nomination


def _decide(actor: Actor, nomination: Nomination, state: Nomination.State) -> None:
    nomination.state = state
    nomination.decided_words, nomination.decided_at = actor.words[:160], clock.now()
    nomination.save()


@action("聘任专家", by=[secretariat], when=rules.not_confirmed)
def appoint_expert(
    actor: Actor, nomination: Nomination, *, begins: date | None, ends: date | None, number: str,
    issued_on: date | None,
) -> Nomination:  # fmt: skip
    """Appoint by letter: from `begins` to `ends` he sits in the seat, and its rights begin and end with the term."""
    number = " ".join(number.split())
    faults = rules.letter_faults(begins, ends, number, issued_on)
    if "number" not in faults and queries.numbered(nomination.cluster_id, number):
        faults["number"] = f"编号“{number}”已经用过，请换一个。"
    if begins and not nomination.seat.holds_on(begins):
        faults["begins"] = f"“{nomination.seat}”在这一天还没有设立或已经撤销。"
    _require(faults)
    nomination.appointment = directory.appoint_to_seat(
        actor, nomination.seat.body, person=nomination.person, seat=nomination.seat, begins=begins, ends=ends
    )
    nomination.begins, nomination.ends = begins, ends
    nomination.letter_number, nomination.issued_on = number, issued_on
    nomination.state = State.APPOINTED
    nomination.save()
    _begin_profile(nomination)
    notices.tell_nominator(nomination, "聘任", "提名的专家已聘任")
    notices.tell_expert(nomination)
    return nomination


def _begin_profile(nomination: Nomination) -> None:
    """What the nomination says he knows, until he says it himself; a renewal leaves what he said."""
    profile, is_new = ExpertProfile.objects.get_or_create(
        cluster=nomination.cluster, person=nomination.person,
        defaults={"speciality": nomination.speciality, "remind": list(rules.REMIND), "at_once": rules.AT_ONCE},
    )  # fmt: skip
    if is_new:
        profile.areas.set(nomination.areas.all())


# The expert's own pace


@action("设定评审意愿", by=[the_expert, secretariat], creates=True)
def open_profile(actor: Actor, profile: ExpertProfile, **given: Any) -> ExpertProfile:
    """Say for the first time how much one takes on; `given` as in `set_pace`."""
    if ExpertProfile.objects.filter(cluster=profile.cluster_id, person=profile.person_id).exists():
        raise RuleBroken("评审意愿已经登记过，请刷新页面后再改。")
    if not queries.held_as_expert(profile.cluster_id, profile.person_id):
        raise RuleBroken("该人员没有担任过专家。")
    return _set(profile, **given)


@action("修改评审意愿", by=[the_expert, secretariat])
def set_pace(actor: Actor, profile: ExpertProfile, **given: Any) -> ExpertProfile:
    """Say how much one takes on at once, when to be reminded, and what one knows.

    `given` are at_once, remind (days ahead), speciality and areas.
    """
    return _set(profile, **given)


def _set(
    profile: ExpertProfile, *, at_once: int, remind: Collection[int] = (), speciality: str = "",
    areas: Collection[int] = (),
) -> ExpertProfile:  # fmt: skip
    speciality = " ".join(speciality.split())
    _require(rules.pace_faults(at_once, remind, speciality))
    known = _areas(profile.cluster_id, areas)
    profile.at_once, profile.remind = at_once, list(rules.days_in_order(remind))
    profile.speciality = speciality
    profile.save()
    profile.areas.set(known)
    return profile


@action("登记请假", by=[the_expert, secretariat], creates=True)
def take_leave(
    actor: Actor, absence: Absence, *, begins: date | None, ends: date | None, reason: str = ""
) -> Absence:  # fmt: skip
    """Enter days on which an expert takes nothing on; whoever assigns him then is warned."""
    if not queries.held_as_expert(absence.cluster_id, absence.person_id):
        raise RuleBroken("该人员没有担任过专家。")
    others = queries.absences_of(absence.cluster_id, absence.person_id)
    _require(rules.absence_faults(begins, ends, reason.strip(), others, clock.today()))
    absence.begins, absence.ends, absence.reason = begins, ends, reason.strip()
    absence.save()
    return absence


@action("取消请假", by=[the_expert, secretariat], when=rules.is_over)
def cancel_leave(actor: Actor, absence: Absence) -> Absence:
    """Come back early, or do not go; days that have passed stay."""
    yesterday = clock.today() - rules.ONE_DAY
    if absence.begins and absence.begins <= yesterday:
        absence.ends = yesterday
        absence.save()
    else:
        # By its key, so that history can still say what was cancelled.
        Absence.objects.filter(pk=absence.pk).delete()
    return absence


# Certificates


@action("申请服务证明", by=[the_expert, secretariat], creates=True)
def ask_certificate(
    actor: Actor, certificate: ServiceCertificate, *, year: int, purpose: str = ""
) -> ServiceCertificate:  # fmt: skip
    """Ask the office for a certificate of what one did as an expert in `year`; it is asked for once."""
    purpose = " ".join(purpose.split())
    faults = {}
    if not rules.DATES[0].year <= year <= rules.DATES[1].year:
        faults["year"] = "年度有误，请核对。"
    elif not any(_served(held, year) for held in queries.held_as_expert(certificate.cluster_id, certificate.person_id)):
        faults["year"] = f"{year}年没有担任专家，不能开具该年度的服务证明。"
    elif ServiceCertificate.objects.filter(
        cluster=certificate.cluster_id, person=certificate.person_id, year=year, issued_at=None
    ).exists():
        faults["year"] = f"{year}年度的服务证明已经申请，正在办理。"
    if len(purpose) > 120:
        faults["purpose"] = "用途不超过120字。"
    _require(faults)
    certificate.year, certificate.purpose = year, purpose
    certificate.asked_at, certificate.asked_words = clock.now(), actor.words[:160]
    certificate.save()
    return certificate


def _served(held: Appointment, year: int) -> bool:
    first, last = held.begins or date.min, held.ends or date.max
    return max(first, date(year, 1, 1)) <= min(last, date(year, 12, 31), clock.today())
