"""季度报送。"""

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
