"""需求诊断。"""

from django.db import models

from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Area, Cluster, Unit
from tizhi.pipeline.studies.models import Finding, Study


class Priority(models.IntegerChoices):
    """优先程度。"""

    HIGH = 1, "重点"
    MIDDLE = 2, "较重要"
    LOW = 3, "一般"


class Trait(Versioned):
    """优势与短板: a strength (高原) or a gap (洼地) of a school in one area, with its evidence [C1]."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", "优势特色（高原）"
        GAP = "gap", "短板（洼地）"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="院校")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    text = models.CharField("内容", max_length=500)
    evidence = models.CharField("依据", max_length=500, blank=True)
    priority = models.PositiveSmallIntegerField("优先程度", choices=Priority, default=Priority.MIDDLE)
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来自调研发现"
    )
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    stated_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "优势与短板"
        verbose_name_plural = "优势与短板"
        ordering = ["kind", "area__order", "priority", "pk"]
        indexes = [models.Index(fields=["cluster", "unit"], name="trait_of_school")]

    def __str__(self) -> str:
        return self.text


class Need(Versioned):
    """需求: what a school needs; refined by each study, met or withdrawn [C1]. `finding` is what it came from.

    `proposer` is the unit that proposed it for the school, empty when the school stated it itself; the school says by
    `confirmed_at` that it is its own.
    """

    class State(models.TextChoices):
        OPEN = "open", "待满足"
        MET = "met", "已满足"
        WITHDRAWN = "withdrawn", "已撤回"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="院校")
    number = models.PositiveIntegerField("编号", help_text="本校需求的顺序号，不重用")
    title = models.CharField("需求", max_length=120)
    text = models.TextField("说明", max_length=2000, blank=True)
    evidence = models.CharField("依据", max_length=500, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    priority = models.PositiveSmallIntegerField("优先程度", choices=Priority, default=Priority.MIDDLE)
    trait = models.ForeignKey(Trait, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应的短板")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来自调研发现"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    proposer = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代为提出的单位"
    )
    confirmed_at = models.DateTimeField("学校确认时间", null=True, blank=True)
    stated_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = "需求"
        verbose_name_plural = "需求"
        ordering = ["priority", "number", "pk"]
        indexes = [models.Index(fields=["cluster", "unit", "state"], name="need_of_school")]
        constraints = [models.UniqueConstraint(fields=["cluster", "unit", "number"], name="one_number_per_need")]

    def __str__(self) -> str:
        return self.title


class NeedEvent(models.Model):
    """需求经过: stated or proposed, confirmed, refined (by which study or finding, from which words), met, withdrawn,
    taken up again.

    Rows are only added.
    """

    class Kind(models.TextChoices):
        STATED = "stated", "提出"
        CONFIRMED = "confirmed", "确认"
        REFINED = "refined", "细化"
        MET = "met", "满足"
        WITHDRAWN = "withdrawn", "撤回"
        REOPENED = "reopened", "重新提出"

    need = models.ForeignKey(Need, models.CASCADE, related_name="events", verbose_name="需求")
    kind = models.CharField("经过", max_length=10, choices=Kind)
    note = models.CharField("说明", max_length=500, blank=True)
    before = models.JSONField("原来的内容", default=dict, blank=True)
    study = models.ForeignKey(Study, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依据的调研")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依据的发现"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")
    words = models.CharField("职务", max_length=160)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "需求经过"
        verbose_name_plural = "需求经过"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.need}：{self.get_kind_display()}"
