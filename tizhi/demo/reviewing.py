"""示例专家审核: one plan passed after 有条件通过, replies and a second reading; another in the experts' hands."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from tizhi.base.documents.document import Document, paragraph
from tizhi.base.documents.word import write_word
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.plans import actions as plans
from tizhi.pipeline.plans.models import Plan
from tizhi.pipeline.reviews import actions
from tizhi.pipeline.reviews.models import Assignment, Review
from tizhi.pipeline.reviews.replying import to_answer
from tizhi.pipeline.reviews.rules import PointWord, Said, SectionWord, sections_of

from .experts import COMMITTEE
from .people import Cast
from .timeline import Course, on

Opening = Generator[tuple[datetime, Callable[[], Any]], Any, Review]
Edit = Callable[[Actor, Plan, list[dict[str, str]]], None]
# Nobody of them belongs to the school or its partner.
READERS = {"fynu": ("first", "third", "fourth"), "xcmzyz": ("first", "second", "third")}
POINTS = {
    "first": (
        PointWord("指标的基线请说明来源，并与全省同类院校比较。", "goals", "经过五年建设"),
        PointWord("毕业要求达成度评价只有一句，请写明分年度的安排。", "disciplines", "建立面向产出的课程评价机制"),
    ),
    "third": (PointWord("特色项目的推广范围和检验办法请补充。", "x", "形成可以推广的培养方案"),),
    "fourth": (
        PointWord("经费使用的监督办法请补充。", "support", "执行情况纳入院系年度考核"),
        PointWord("建议把培训规模再提高一倍。", "basic-education", "每年培训乡村教师2000人次以上", "should"),
    ),
}
REPLIES = (
    ("adopted", "已补充基线来源和比较口径。", "“发展定位与目标”总体目标第一句"),
    ("adopted", "已写明第一年、第二年的安排。", "“学科专业建设”第一段"),
    ("adopted", "已补充试用学校和修订办法。", "“特色项目”第一段"),
    ("partly", "已增加经费通报；审计按学校内部规定执行，不在计划中另写。", "“保障措施”第一段"),
    ("refused", "培训规模受县域教师总量限制，提高一倍难以保证质量，维持原指标，三年后再评估。", ""),
)


@dataclass
class Reviewing:
    """The experts' part of a plan's course."""

    cast: Cast
    today: date

    def course(self, plan: Plan, author: Actor, text: Mapping[str, Any], school: str, edit: Edit) -> Course:
        """Passed long ago after a second reading, or opened lately and still being read."""
        if school == "fynu":
            yield from self._passed(plan, author, text["edits"]["again"], edit)
        else:
            yield from self._running(plan)

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _actor(self, key: str) -> Actor:
        return self.cast.actors[COMMITTEE, key]

    def _opened(self, plan: Plan, keys: tuple[str, ...], ago: int) -> Opening:
        """Opened by the committee's secretary, the experts invited, one of them to conclude."""
        day = self._ago(ago)
        review: Review = yield (
            on(day, 9),
            lambda: actions.open_review(
                self._actor("secretary"), _fresh(plan), due=day + timedelta(days=14), closes=day + timedelta(days=21)
            ),
        )
        for number, key in enumerate(keys):
            yield on(day, 10, number * 5), partial(self._invite, review, key)
        yield on(day, 11), lambda: actions.name_chair(self._actor("secretary"), self._of(review, keys[0]))
        return review

    def _invite(self, review: Review, key: str) -> Assignment:
        asked: Assignment = actions.invite(
            self._actor("secretary"), _again(review), person=self._actor(key).person_id or 0
        )
        return asked

    def _accept(self, review: Review, key: str) -> Assignment:
        taken: Assignment = actions.accept(self._actor(key), self._of(review, key))
        return taken

    def _of(self, review: Review, key: str) -> Assignment:
        return Assignment.objects.get(review=review, person=self._actor(key).person_id)

    def _passed(self, plan: Plan, author: Actor, edits: list[dict[str, str]], edit: Edit) -> Course:
        keys = READERS["fynu"]
        review: Review = yield from self._opened(plan, keys, 256)
        for number, key in enumerate(keys):
            yield on(self._ago(254), 9, number), partial(self._accept, review, key)
        for number, key in enumerate(keys):
            yield on(self._ago(247 - number), 15), partial(self._say, review, key)
        chair = self._actor(keys[0])
        yield (
            on(self._ago(240), 10),
            lambda: actions.conclude(
                chair, _again(review), verdict="conditional", reply_due=self._ago(218),
                conclusion="计划定位准确，举措可行，同意有条件通过。请就指标依据、认证安排、特色项目检验和经费监督逐条修改答复后再审。",
            ),
        )  # fmt: skip
        yield on(self._ago(232), 14), lambda: edit(author, plan, edits)
        yield on(self._ago(230), 10), lambda: self._answer(author, review)
        again: Review = yield on(self._ago(228), 16), lambda: actions.submit_replies(author, _again(review))
        for number, key in enumerate(keys):
            yield on(self._ago(224 - number), 10), partial(self._settle, again, key)
        yield (
            on(self._ago(218), 10),
            lambda: actions.conclude(
                chair, _again(again), verdict="passed", conclusion="修改到位，未采纳的意见理由充分，同意通过。"
            ),
        )
        office = self.cast.actor("cluster-office", "主任")
        paper = Document(title=("关于印发提质计划的通知",), blocks=(paragraph("（示例印发文件）"),))
        day = self._ago(205)
        yield (
            on(day, 10),
            lambda: plans.complete_step(
                office, _fresh(plan), step="in-force", number=f"示例·师强办〔{day.year}〕9号",
                paper=ContentFile(write_word(paper), name="印发提质计划的通知.docx"),
            ),
        )  # fmt: skip

    def _say(self, review: Review, key: str) -> Assignment:
        """A whole opinion, with its points pinned to their passages."""
        review = _again(review)
        pinned = {one.section for one in POINTS[key]}
        words = [
            SectionWord(section, "conditional" if section in pinned else "passed")
            for section, _ in sections_of(review.version_read.content)
        ]
        said = Said("conditional", "计划基础扎实，针对性强，少数内容需要补充后通过。", words, POINTS[key])
        return actions.submit_opinion(self._actor(key), self._of(review, key), said=said)

    def _answer(self, author: Actor, review: Review) -> None:
        points = {one.text: one for one in to_answer(_again(review))}
        asked = [one for key in READERS["fynu"] for one in POINTS[key]]
        for one, (decision, reason, place) in zip(asked, REPLIES, strict=True):
            actions.answer(
                author, _again(review), point=points[one.text].pk, decision=decision, reason=reason, place=place
            )

    def _settle(self, review: Review, key: str) -> Assignment:
        """Every point of this expert is settled; then the opinion of the second reading."""
        expert, review = self._actor(key), _again(review)
        assert review.previous is not None  # noqa: S101
        for point in to_answer(review.previous):
            if point.assignment.person_id == expert.person_id:
                actions.recheck(expert, review, point=point.pk, is_settled=True)
        said = Said("passed", "所提意见已经修改或说明，同意通过。")
        return actions.submit_opinion(expert, self._of(review, key), said=said)

    def _running(self, plan: Plan) -> Course:
        """One opinion is in, one is being written, one expert has not answered yet."""
        keys = READERS["xcmzyz"]
        review: Review = yield from self._opened(plan, keys, 10)
        for key in keys[:2]:
            yield on(self._ago(9), 14), partial(self._accept, review, key)

        def said(whole: bool) -> Said:
            sections = [SectionWord(key, "passed") for key, _ in sections_of(_again(review).version_read.content)]
            point = PointWord("双语教学资源的质量标准请补充。", "x", "建设双语资源库", "must")
            verdict = "conditional" if whole else ""
            summary = "学前双语特色鲜明，资源建设的标准需要明确。" if whole else ""
            return Said(verdict, summary, sections if whole else sections[:4], (point,))

        first, second = keys[:2]
        yield (
            on(self._ago(3), 10),
            lambda: actions.submit_opinion(self._actor(first), self._of(review, first), said=said(True)),
        )
        yield (
            on(self._ago(2), 15),
            lambda: actions.save_opinion(self._actor(second), self._of(review, second), said=said(False)),
        )


def _fresh(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def _again(review: Review) -> Review:
    return Review.objects.select_related("plan", "version_read", "previous").get(pk=review.pk)
