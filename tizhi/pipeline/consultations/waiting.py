"""问诊的待办: whose turn it is in which case; one query, and none for those whom no case can concern."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.activities.queries import works_for

from . import queries, rules
from .deadlines import Deadlines
from .models import Consultant, Consultation, Effect

State, Asked = Consultation.State, Consultant.State
ICON = "stethoscope"


def may_wait(actor: Actor) -> QuerySet[Consultation] | None:
    """The cases whose turn may be the actor's; None for whom no case concerns."""
    tests = [test for test, _ in _turns(actor)]
    if actor.cluster_id is None or not tests:
        return None
    return queries.visible_to(actor).filter(reduce(or_, tests))


def waiting_for(actor: Actor) -> list[Todo]:
    """Cases to take on, to answer, to advise on, to decide, to tell the effect of, to prepare and to check."""
    cases = may_wait(actor)
    if cases is None or actor.cluster_id is None:
        return []
    mine = Consultant.objects.filter(consultation=OuterRef("pk"), person=actor.person_id or 0)
    told = Effect.objects.filter(consultation=OuterRef("pk"))
    rows = cases.select_related("unit").annotate(
        my_state=Subquery(mine.values("state")[:1]), my_advice_at=Subquery(mine.values("advised_at")[:1]),
        **{f"told_{months}": Exists(told.filter(after_months=months)) for months in rules.EFFECTS},
    )  # fmt: skip
    deadlines, today = Deadlines(actor.cluster_id), clock.today()
    makers = [make for _, make in _turns(actor)]
    found = []
    for one in rows.order_by("asked_at", "pk"):
        due = deadlines.day(one.asked_at)
        if todo := next((todo for make in makers if (todo := make(actor, one, due, today))), None):
            found.append(todo)
    return found


Maker = Callable[[Actor, Consultation, date | None, date], Todo | None]


def _turns(actor: Actor) -> Iterator[tuple[Q, Maker]]:
    """Which cases may wait for `actor`, and the to-do they make; what is his own turn first."""
    if actor.has("expert"):
        # Not a join but a subquery, so that it stands beside the other tests.
        mine = Consultant.objects.filter(person=actor.person_id or 0, state__in=(Asked.INVITED, Asked.ACCEPTED))
        yield Q(state=State.TRIAGED, pk__in=mine.filter(advised_at=None).values("consultation")), _of_expert
    if actor.unit_id in works_for(actor) and queries.is_supported(actor.cluster_id, actor.unit_id):
        unfinished = Q(state=State.DRAFT, writer=actor.person_id or 0)
        yield Q(unfinished | Q(state__in=(State.ANSWERED, State.DECIDED)), unit=actor.unit_id), _of_school
    if actor.has("pair"):
        own = Q(helper=actor.unit_id, state=State.TRIAGED)
        own |= Q(helper=actor.unit_id, state=State.CLOSED, case_prepared_at=None, answered_at__isnull=False)
        own |= Q(unit__in=actor.reports_for - {actor.unit_id}, state=State.ASKED)
        yield own, _of_office
    if actor.has("secretariat"):
        yield Q(state=State.ASKED) | Q(case_prepared_at__isnull=False, shared_at=None), _of_secretariat
    if actor.has("assign-experts"):
        nobody_asked = ~Exists(Consultant.objects.filter(consultation=OuterRef("pk")))
        yield Q(nobody_asked, state=State.TRIAGED), _of_assigner


def _of_expert(actor: Actor, one: Consultation, due: date | None, today: date) -> Todo | None:
    state = one.my_state  # type: ignore[attr-defined]
    if one.state != State.TRIAGED or one.my_advice_at:  # type: ignore[attr-defined]
        return None
    if state == Asked.INVITED:
        return _todo("答复问诊邀请", one, "consultations:show", due, "答复")
    return _todo("提出会诊意见", one, "consultations:advise", due, "填写") if state == Asked.ACCEPTED else None


def _of_school(actor: Actor, one: Consultation, due: date | None, today: date) -> Todo | None:
    if one.unit_id != actor.unit_id:
        return None
    if one.state == State.DRAFT:
        return Todo("提出问诊", str(one), "草稿", "consultations:edit", (one.pk,), None, ICON, "继续填写")
    if one.state == State.ANSWERED:
        return _todo("反馈采纳情况", one, "consultations:decide", None, "反馈")
    if one.state != State.DECIDED:
        return None
    told = {months for months in rules.EFFECTS if getattr(one, f"told_{months}")}
    asked = rules.next_effect(one, told)
    if asked is None or asked.on > today:
        return None
    return _todo(f"登记采纳{asked.months}个月后的成效", one, "consultations:effect", None, "登记")


def _of_office(actor: Actor, one: Consultation, due: date | None, today: date) -> Todo | None:
    if one.state == State.ASKED and one.unit_id in actor.reports_for:
        return _todo("受理问诊", one, "consultations:triage", due, "受理")
    if one.helper_id != actor.unit_id:
        return None
    if one.state == State.TRIAGED:
        return _todo("组织答复问诊", one, "consultations:show", due, "办理")
    if one.state == State.CLOSED and one.case_prepared_at is None:
        return _todo("整理问诊案例", one, "consultations:prepare", None, "整理")
    return None


def _of_secretariat(actor: Actor, one: Consultation, due: date | None, today: date) -> Todo | None:
    if one.state == State.ASKED:
        return _todo("受理问诊", one, "consultations:triage", due, "受理")
    if one.case_prepared_at and not one.shared_at:
        return _todo("审核问诊案例", one, "consultations:prepare", None, "审核")
    return None


def _of_assigner(actor: Actor, one: Consultation, due: date | None, today: date) -> Todo | None:
    return _todo("邀请会诊专家", one, "consultations:invite", due, "邀请") if one.state == State.TRIAGED else None


def _todo(verb: str, one: Consultation, url_name: str, due: date | None, button: str) -> Todo:
    return Todo(verb, one.title, f"{one.unit.called}提出", url_name, (one.pk,), due, ICON, button)
