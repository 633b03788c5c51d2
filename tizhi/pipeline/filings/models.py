"""报送的事实: what units and the office hand in, confirm, send, and what they are excused from."""

from django.db import models
from django.utils.functional import cached_property

from tizhi.base.kit import periods
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Cluster, Unit


class UnitInput(Versioned):
    """单位季报材料: only what cannot be derived from activities [F1]. `is_nil` is a signed statement.

    `sent_at` is the writer's first sending and stays: it decides 及时, as with briefs. `closed_at` says that an issued
    report has taken the input in.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "填写中"
        APPROVING = "approving", "待本单位审签"
        HANDED_IN = "handed-in", "已报送"
        RETURNED = "returned", "已退回"
        EXEMPT = "exempt", "免报"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    period = models.CharField("期间", max_length=6)
    highlights = models.TextField("工作亮点", blank=True, max_length=3000)
    problems = models.TextField("存在问题", blank=True, max_length=3000)
    deviations = models.TextField("与计划的偏差", blank=True, max_length=3000)
    suggestions = models.TextField("意见建议", blank=True, max_length=3000)
    next_steps = models.TextField("下季度安排", blank=True, max_length=3000)
    is_nil = models.BooleanField("本期无", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    writer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填写人")
    signed_words = models.CharField("审签人", max_length=160, blank=True)
    sent_at = models.DateTimeField("首次报送时间", null=True, blank=True)
    handed_in_at = models.DateTimeField("报送时间", null=True, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    exempt_reason = models.CharField("免报原因", max_length=200, blank=True)
    exempt_words = models.CharField("免报决定人", max_length=160, blank=True)
    exempt_at = models.DateTimeField("免报时间", null=True, blank=True)
    closed_at = models.DateTimeField("收入报告时间", null=True, blank=True)

    class Meta:
        verbose_name = "单位季报材料"
        verbose_name_plural = "单位季报材料"
        constraints = [models.UniqueConstraint(fields=["cluster", "unit", "period"], name="one_input_per_period")]

    def __str__(self) -> str:
        return f"{self.unit}{self.span.words}材料"

    @cached_property
    def span(self) -> periods.Period:
        """The period as days."""
        return periods.parse(self.period)


class Waiver(Versioned):
    """免除: one duty of the ledger that somebody need not meet; who decided it, and why, stays with it [I1].

    `instance` is the ledger's key of the duty, `about` what it asked for in words at the time.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位")
    instance = models.CharField("事项标识", max_length=160)
    about = models.CharField("事项", max_length=300)
    reason = models.CharField("原因", max_length=200)
    words = models.CharField("决定人", max_length=160)
    at = models.DateTimeField("决定时间")
    lifted_words = models.CharField("取消人", max_length=160, blank=True)
    lifted_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        verbose_name = "免除"
        verbose_name_plural = "免除"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "instance"], condition=models.Q(lifted_at__isnull=True), name="one_waiver_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.about


class Dispatch(Versioned):
    """报送登记: what became of an issued report outside – sent to whom, when, how, the receipt [四(四), F6]."""

    class Kind(models.TextChoices):
        QUARTERLY = "quarterly", "季度报告"
        YEAR = "year", "年度报告"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    kind = models.CharField("报告", max_length=10, choices=Kind, default=Kind.QUARTERLY)
    period = models.CharField("期间", max_length=6)
    number = models.CharField("发文字号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期")
    issued_at = models.DateTimeField("印发时间")
    sent_on = models.DateField("报送日期", null=True, blank=True)
    channel = models.CharField("报送方式", max_length=80, blank=True)
    receipt = models.CharField("回执", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间", null=True, blank=True)
    recorded_words = models.CharField("登记人", max_length=160, blank=True)

    class Meta:
        verbose_name = "报送登记"
        verbose_name_plural = "报送登记"
        ordering = ["-period"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "kind", "period"], name="one_dispatch_per_report"),
        ]

    def __str__(self) -> str:
        return f"{self.cluster}{self.span.words}{self.get_kind_display()}"

    @cached_property
    def span(self) -> periods.Period:
        """The period as days."""
        return periods.parse(self.period)


class ContactsConfirmation(models.Model):
    """联系人确认: a unit says that its contacts are as the directory has them; `held` keeps whom it meant [四(三)]."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    period = models.CharField("期间", max_length=6)
    held = models.JSONField("联系人", default=list)
    words = models.CharField("确认人", max_length=160)
    at = models.DateTimeField("确认时间")

    class Meta:
        verbose_name = "联系人确认"
        verbose_name_plural = "联系人确认"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.unit}{periods.parse(self.period).words}联系人名单"
