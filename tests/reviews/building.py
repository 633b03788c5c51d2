"""造审核: reviews of a plan of 阜阳师范大学, taken where they are wanted through the actions."""

from __future__ import annotations

from datetime import date

from tests import make
from tests.plans import building as plans
from tizhi.base.accounts.models import User
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.plans.models import Plan
from tizhi.pipeline.reviews import actions
from tizhi.pipeline.reviews.models import Assignment, Review
from tizhi.pipeline.reviews.rules import PointWord, Said, SectionWord, sections_of

SCHOOL, PARTNER = plans.SCHOOL, plans.PARTNER
DUE, CLOSES, REPLY_DUE = date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 21)
MEMBER, HEAD, SECRETARY = "专家委员会委员", "专家委员会主任委员", "专家委员会秘书"
# Nobody of them is tied to 阜阳师范大学 or 安徽师范大学.
EXPERTS = {"陆明": "北京师范大学", "苏文": "西北师范大学", "顾行": "四川师范大学"}


def user(name: str, unit: str, seat: str, **given: object) -> User:
    """Somebody in a seat of the committee, made on first call."""
    return User.objects.filter(username=name).first() or make.person(name, unit, seat=seat, **given).user


def expert(name: str = "陆明") -> Actor:
    """One of the experts whom nothing ties to the plan."""
    return make.actor(user(name, EXPERTS.get(name, "北京师范大学"), MEMBER))


def assigner() -> Actor:
    """The committee's secretary, of 北京师范大学."""
    return make.actor(assigner_user())


def assigner_user() -> User:
    """The secretary's account."""
    return user("许静", "北京师范大学", SECRETARY)


def conflicted_expert_user() -> User:
    """An expert of the partner that wrote the plan."""
    return user("韩东", PARTNER, MEMBER)


def conflicted_assigner_user() -> User:
    """The committee's head, of the school itself."""
    return user("崔岩", SCHOOL, HEAD)


def opened(plan: Plan | None = None) -> Review:
    """A review that was just opened."""
    return actions.open_review(assigner(), plan or plans.at_step("review"), due=DUE, closes=CLOSES)


def asked(review: Review, *names: str) -> dict[str, Assignment]:
    """These experts invited."""
    return {name: actions.invite(assigner(), review, person=expert(name).person_id) for name in names}


def at_work(*names: str, review: Review | None = None) -> tuple[Review, dict[str, Assignment]]:
    """A review in which these experts have accepted; the first one is the chair."""
    review = review or opened()
    found = asked(review, *(names or ("陆明", "苏文")))
    for name, assignment in found.items():
        actions.accept(expert(name), assignment)
    actions.name_chair(assigner(), next(iter(found.values())))
    return fresh(review), {name: again(one) for name, one in found.items()}


def said(
    review: Review, verdict: str = "conditional", summary: str = "总体可行，个别指标要补充依据。",
    points: tuple[PointWord, ...] | None = None, section: str = "passed",
) -> Said:  # fmt: skip
    """A whole opinion, with one point on the first section."""
    keys = [key for key, _ in sections_of(review.version_read.content)]
    if points is None:
        points = (PointWord("请补充一级课程的依据", keys[0], "五年建成校级一流课程8门"),)
    return Said(verdict, summary, [SectionWord(key, section) for key in keys], points)


def handed_in(*names: str, **given: object) -> tuple[Review, dict[str, Assignment]]:
    """A review in which every expert has handed in an opinion."""
    review, found = at_work(*names)
    for name, assignment in found.items():
        actions.submit_opinion(expert(name), assignment, said=said(review, **given))
    return fresh(review), {name: again(one) for name, one in found.items()}


def concluded(verdict: str = "conditional", **given: object) -> Review:
    """A review with its conclusion by 陆明."""
    review, _ = handed_in(**given)
    due = REPLY_DUE if verdict == "conditional" else None
    actions.conclude(expert(), review, verdict=verdict, conclusion="按意见修改后再审。", reply_due=due)
    return fresh(review)


def replied(review: Review | None = None, decision: str = "adopted") -> Review:
    """The second reading that follows when every point was answered."""
    review = review or concluded()
    from tizhi.pipeline.reviews.replying import to_answer

    for point in to_answer(review):
        actions.answer(plans.author(), review, point=point.pk, decision=decision, reason="已补充", place="第一章第二段")
    return actions.submit_replies(plans.author(), review)


def fresh(review: Review) -> Review:
    """As it now stands."""
    return Review.objects.select_related("plan__unit", "version_read").get(pk=review.pk)


def again(assignment: Assignment) -> Assignment:
    """As it now stands."""
    return Assignment.objects.select_related("review").get(pk=assignment.pk)
