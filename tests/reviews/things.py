"""门表的审核: one review at work and one whose points are being answered, of plans of 阜阳师范大学."""

from datetime import date

from tests import make
from tests.plans import building as plans
from tizhi.pipeline.plans.models import Plan
from tizhi.pipeline.reviews import actions
from tizhi.pipeline.reviews.models import Assignment

from . import building as build


def things() -> dict[str, object]:
    """钱文 is at work in the first one and its chair; he has given his opinion in the second."""
    expert = make.actor("expert")
    review, mine = _at_work(_plan(date(2013, 6, 1)), expert)
    replying, given = _at_work(_plan(date(2018, 6, 1)), expert)
    actions.submit_opinion(expert, given, said=build.said(replying))
    actions.conclude(
        expert, build.fresh(replying), verdict="conditional", conclusion="改后再审", reply_due=build.REPLY_DUE
    )
    return {
        "review": review.pk, "review-plan": review.plan_id, "opinion": mine.pk, "replying": replying.pk,
        "given": given.pk,
    }  # fmt: skip


def _at_work(plan: Plan, expert) -> tuple[build.Review, Assignment]:  # type: ignore[no-untyped-def]
    review = build.opened(plan)
    mine = actions.invite(build.assigner(), review, person=expert.person_id, override="专业对口")
    actions.accept(expert, mine)
    actions.name_chair(build.assigner(), build.again(mine))
    return build.fresh(review), build.again(mine)


def _plan(day: date) -> Plan:
    plan = plans.written(plans.opened(day=day))
    while plans.step_of(plan) != "review":
        plans._next(plan, plans.step_of(plan))
    return Plan.objects.get(pk=plan.pk)
