"""专家审核。"""

from django.db import models
from django.db.models import Q

from tizhi.base.files.models import StoredFile
from tizhi.base.kit import words
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.plans.models import Plan, PlanVersion
from tizhi.pipeline.scheme.models import Cluster


class Verdict(models.TextChoices):
    """审核结论。"""

    PASSED = "passed", "通过"
    CONDITIONAL = "conditional", "有条件通过"
    FAILED = "failed", "不通过"


class Review(Versioned):
    """专家审核: the reading of one frozen text of a plan for the step the scheme names [四(一), C6].

    assigning → reviewing → concluded; 有条件通过 goes on to replying and a second reading (`previous` points to the
    first), which shows only open points and changed text. `unit_id` and `cluster_id` are the plan's.
    """

    class State(models.TextChoices):
        ASSIGNING = "assigning", "指派专家"
        REVIEWING = "reviewing", "专家评审中"
        REPLYING = "replying", "答复中"
        CLOSED = "closed", "已结束"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name="计划")
    version_read = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+", verbose_name="所审文本")
    step = models.SlugField("步骤")
    reading = models.PositiveSmallIntegerField("第几次审读", default=1)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="前一次审读"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASSIGNING)
    due = models.DateField("应完成日期")
    closes = models.DateField("最后期限")
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="组长")
    opened_at = models.DateTimeField("发起时间")
    opened_words = models.CharField("发起人", max_length=160)
    verdict = models.CharField("结论", max_length=12, choices=Verdict, blank=True)
    conclusion = models.TextField("结论意见", max_length=4000, blank=True)
    concluded_at = models.DateTimeField("结论时间", null=True, blank=True)
    concluded_words = models.CharField("作结论人", max_length=160, blank=True)
    reply_due = models.DateField("答复期限", null=True, blank=True)
    replied_at = models.DateTimeField("答复时间", null=True, blank=True)
    replied_words = models.CharField("答复人", max_length=160, blank=True)
    cancelled_reason = models.CharField("撤销原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "专家审核"
        verbose_name_plural = "专家审核"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["cluster", "state"], name="review_of_cluster")]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gte=models.F("due")), name="review_closes_after_due"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=("assigning", "reviewing")), name="one_running_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}专家审核" + (f"（{self.called}）" if self.reading > 1 else "")

    @property
    def unit_id(self) -> int:
        """The school the plan concerns."""
        return self.plan.unit_id

    @property
    def is_concluded(self) -> bool:
        """Whether the chair has given the conclusion of this reading."""
        return self.concluded_at is not None

    @property
    def called(self) -> str:
        """专家审核, or 第二次审读 of what is read again."""
        return "专家审核" if self.reading == 1 else f"第{words.numeral(self.reading)}次审读"


class Assignment(Versioned):
    """评审指派: one expert and one review – invited, accepted or declined, own opinion handed in."""

    class State(models.TextChoices):
        INVITED = "invited", "待答复"
        ACCEPTED = "accepted", "评审中"
        DECLINED = "declined", "已谢绝"
        SUBMITTED = "submitted", "已提交"
        RELEASED = "released", "已解除"

    review = models.ForeignKey(Review, models.PROTECT, related_name="assignments", verbose_name="专家审核")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="专家")
    number = models.PositiveSmallIntegerField("专家序号", help_text="对外称专家一、专家二")
    state = models.CharField("状态", max_length=10, choices=State, default=State.INVITED)
    invited_at = models.DateTimeField("邀请时间")
    invited_words = models.CharField("指派人", max_length=160)
    override = models.CharField("超出负荷或请假仍指派的原因", max_length=200, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    declined_reason = models.CharField("谢绝原因", max_length=300, blank=True)
    verdict = models.CharField("意见", max_length=12, choices=Verdict, blank=True)
    summary = models.TextField("总体意见", max_length=4000, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    signed = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签字意见书"
    )
    entered_words = models.CharField("代录人", max_length=160, blank=True)

    class Meta:
        verbose_name = "评审指派"
        verbose_name_plural = "评审指派"
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="expert_once_per_review")]

    def __str__(self) -> str:
        return f"{self.review}：{self.person}"

    @property
    def cluster_id(self) -> int:
        """The cluster of the review."""
        return self.review.cluster_id

    @property
    def called(self) -> str:
        """专家一: what the expert is called to everybody who may not know the name."""
        return f"专家{words.numeral(self.number)}"

    @property
    def is_live(self) -> bool:
        """Whether the expert is asked, at work or through; not one who declined or was released."""
        return self.state in (self.State.INVITED, self.State.ACCEPTED, self.State.SUBMITTED)


class Opinion(models.Model):
    """分章意见: one expert's verdict on one section."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="opinions", verbose_name="评审指派")
    section = models.SlugField("章节")
    verdict = models.CharField("意见", max_length=12, choices=Verdict, blank=True)
    text = models.TextField("说明", max_length=2000, blank=True)

    class Meta:
        verbose_name = "分章意见"
        verbose_name_plural = "分章意见"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assignment", "section"], name="one_opinion_per_section")]

    def __str__(self) -> str:
        return f"{self.section}：{self.get_verdict_display()}"


class Point(models.Model):
    """意见条目: one thing to be answered, pinned to a passage where it has one; `number` is given by the conclusion."""

    class Weight(models.TextChoices):
        MUST = "must", "要求修改"
        SHOULD = "should", "建议修改"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="points", verbose_name="评审指派")
    number = models.PositiveSmallIntegerField("条号", null=True, blank=True)
    section = models.SlugField("章节", blank=True)
    quote = models.CharField("原文", max_length=500, blank=True)
    text = models.TextField("意见", max_length=2000)
    weight = models.CharField("程度", max_length=8, choices=Weight, default=Weight.MUST)
    order = models.PositiveSmallIntegerField("次序", default=0)
    settled_at = models.DateTimeField("复核通过时间", null=True, blank=True)
    settled_words = models.CharField("复核人", max_length=160, blank=True)
    kept_reason = models.CharField("仍需修改的原因", max_length=500, blank=True)
    kept_in = models.PositiveSmallIntegerField("第几次审读认为仍需修改", null=True, blank=True)

    class Meta:
        verbose_name = "意见条目"
        verbose_name_plural = "意见条目"
        ordering = ["number", "order", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Reply(Versioned):
    """逐条答复: what the authors made of one point: adopted, partly, or not – why, and where the text changed."""

    class Decision(models.TextChoices):
        ADOPTED = "adopted", "采纳"
        PARTLY = "partly", "部分采纳"
        REFUSED = "refused", "不采纳"

    point = models.OneToOneField(Point, models.PROTECT, related_name="reply", verbose_name="意见")
    decision = models.CharField("采纳情况", max_length=10, choices=Decision)
    reason = models.TextField("说明", max_length=2000, blank=True)
    place = models.CharField("修改处", max_length=300, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="答复人")
    words = models.CharField("职务", max_length=160)
    at = models.DateTimeField("时间")
    reading = models.PositiveSmallIntegerField("答复第几次审读", default=1)
    earlier = models.JSONField("此前的答复", default=list, blank=True)

    class Meta:
        verbose_name = "逐条答复"
        verbose_name_plural = "逐条答复"
        ordering = ["point__number", "pk"]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}：{self.point}"

    @property
    def cluster_id(self) -> int:
        """The cluster of the review."""
        return self.point.assignment.review.cluster_id

    @property
    def unit_id(self) -> int:
        """The school the plan concerns."""
        return self.point.assignment.review.plan.unit_id
