"""审核的定时事项: every morning, experts on the days they chose and on the last ones; who assigns, of who is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tizhi.base.jobs.job import job, progress
from tizhi.base.kit import clock, words
from tizhi.base.kit.memory import remembered
from tizhi.base.notices.telling import Message, Recipient, tell
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.experts.queries import remind_days_of
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import clusters

from . import secrecy, telling
from .models import Assignment, Review
from .queries import KIND, REPLY_KIND, RUNNING

State = Review.State
Told = Iterator[tuple[Message, Recipient]]


@job("专家审核提醒")
def remind_experts() -> None:
    """Tell experts, who assigns them, and authors what is due. Running it twice tells nobody twice."""
    all_of_them = list(clusters())
    for done, cluster in enumerate(all_of_them):
        remind_in(cluster)
        progress(done + 1, len(all_of_them))


def remind_in(cluster: Cluster) -> int:
    """The same for one cluster; how many notices are new."""
    with remembered():
        running = Review.objects.filter(cluster=cluster, state__in=RUNNING).select_related("plan__unit")
        replying = Review.objects.filter(cluster=cluster, state=State.REPLYING).select_related("plan__unit")
        told = [pair for review in running.prefetch_related("assignments__person") for pair in _of_running(review)]
        told += [pair for review in replying for pair in _of_replying(review)]
    return len(tell(told))


def _of_running(review: Review) -> Told:
    late = [one for one in review.assignments.all() if one.state in secrecy.PENDING]
    if not late:
        return
    experts = {held.person_id: held for held in telling.holders(review, "expert")}
    days = remind_days_of(review.cluster_id, [one.person_id for one in late])
    today = clock.today()
    for one in late:
        # Whom the plan concerns by now is not among the holders, and hears nothing.
        if held := experts.get(one.person_id):
            yield from _to_expert(review, one, held, days.get(one.person_id, ()), today)
    if today > review.due:
        yield from _to_assigners(review, [one for one in late if one.person_id in experts], today)


def _to_expert(review: Review, one: Assignment, held: Appointment, days: tuple[int, ...], today: date) -> Told:
    code = _occasion(review, days, today)
    if code is None:
        return
    due = review.due if today <= review.due else review.closes
    what = "答复邀请" if one.state == Assignment.State.INVITED else "提交意见"
    title = f"{review.plan}{review.called}：请{what}，{words.distance(due, today)}"
    text = f"应完成日期{words.day(review.due)}，最后期限{words.day(review.closes)}。"
    key = telling.key_of(review, "due", review.due.isoformat(), review.closes.isoformat(), code)
    yield _message(review, key, KIND, title, text), telling.recipient_of(held)


def _occasion(review: Review, days: tuple[int, ...], today: date) -> str | None:
    """The last occasion that has come: a day the expert chose, the day due, the last day; None before the first."""
    if today >= review.closes:
        return "closes"
    if today >= review.due:
        return "due"
    left = (review.due - today).days
    reached = [one for one in days if left <= one]
    return f"remind-{min(reached)}" if reached else None


def _to_assigners(review: Review, late: list[Assignment], today: date) -> Told:
    if not late:
        return
    code = "closed" if today > review.closes else "late"
    names = "、".join(one.person.name for one in late)
    title = f"{review.plan}{review.called}：{len(late)}位专家逾期未提交"
    text = f"{names}。应完成日期{words.day(review.due)}，最后期限{words.day(review.closes)}。"
    message = _message(review, telling.key_of(review, code, review.due.isoformat()), KIND, title, text)
    for held in telling.holders(review, "assign-experts"):
        yield message, telling.recipient_of(held)


def _of_replying(review: Review) -> Told:
    today = clock.today()
    if review.reply_due is None or (review.reply_due - today).days > 3:
        return
    code = "due" if today < review.reply_due else "late"
    title = f"{review.plan}：请逐条答复专家意见，{words.distance(review.reply_due, today)}"
    key = f"{REPLY_KIND}|{review.pk}|{code}|{review.reply_due.isoformat()}"
    message = _message(review, key, REPLY_KIND, title, f"答复期限{words.day(review.reply_due)}。")
    for held in telling.authors_and_school(review):
        if "pair" in held.powers:
            yield message, telling.recipient_of(held)


def _message(review: Review, key: str, kind: str, title: str, text: str) -> Message:
    return Message(key, kind, title, text, "reviews:show", (review.pk,), review.cluster_id)
