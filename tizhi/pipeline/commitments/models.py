"""省级承诺。"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from tizhi.base.files.models import StoredFile
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Cluster, Unit


class Commitment(Versioned):
    """承诺事项: what a department undertakes for its schools; with no schools of its own it is for all of them [I5].

    `unit` is the department. An `amount` is in 万元 and stands with money only; how much of it has come is what the
    latest progress says.
    """

    class Kind(models.TextChoices):
        FUNDS = "funds", "经费"
        POLICY = "policy", "政策"
        COORDINATION = "coordination", "协调"

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        DONE = "done", "已兑现"
        WITHDRAWN = "withdrawn", "已撤回"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承诺单位")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    title = models.CharField("事项", max_length=120)
    text = models.TextField("内容", blank=True, max_length=2000)
    amount = models.DecimalField("承诺金额（万元）", max_digits=9, decimal_places=2, null=True, blank=True)
    promised_on = models.DateField("承诺日期")
    due = models.DateField("兑现期限", null=True, blank=True)
    source = models.CharField("依据", max_length=120, blank=True, help_text="发文字号或会议")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    done_on = models.DateField("兑现日期", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=200, blank=True)
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "承诺事项"
        verbose_name_plural = "承诺事项"
        ordering = ["-promised_on", "-pk"]
        indexes = [models.Index(fields=["cluster", "state", "due"], name="commitment_of_cluster")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(kind="funds", amount__gt=0), name="amount_of_funds_only"
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due__gte=F("promised_on")), name="due_after_promise"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on__isnull=True)),
                name="day_done_when_done",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Neither done nor withdrawn."""
        return self.state == self.State.OPEN

    @property
    def latest(self) -> Progress | None:
        """What was said of it last."""
        return next(reversed(list(self.progress.all())), None)

    @property
    def delivered(self) -> Decimal | None:
        """How much has come so far, in 万元, as the latest progress with an amount says; None where none does."""
        return next((one.amount for one in reversed(list(self.progress.all())) if one.amount is not None), None)


class CommitmentUnit(models.Model):
    """承诺对象: a school that a commitment is for."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="units", verbose_name="承诺事项")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="院校")
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "承诺对象"
        verbose_name_plural = "承诺对象"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "unit"], name="unit_once_per_commitment")]

    def __str__(self) -> str:
        return f"{self.unit}"


class Progress(models.Model):
    """进展: how far a commitment is on a day; only ever added. A wrong one is put right by a later one.

    `amount` is what has come altogether up to that day, in 万元: the latest one counts, so nothing is summed twice.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="progress", verbose_name="承诺事项")
    on = models.DateField("日期")
    text = models.TextField("情况", max_length=1000)
    amount = models.DecimalField("累计到位（万元）", max_digits=9, decimal_places=2, null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="凭据")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    words = models.CharField("职务", max_length=160)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "进展"
        verbose_name_plural = "进展"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="no_negative_delivery")
        ]

    def __str__(self) -> str:
        return f"{self.commitment}：{self.text[:20]}"


class Feedback(models.Model):
    """反馈: a word on a commitment – of a school it is for, which may say what has arrived, or of the offices."""

    class Receipt(models.TextChoices):
        RECEIVED = "received", "已收到"
        PARTLY = "partly", "部分收到"
        MISSING = "missing", "未收到"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="feedback", verbose_name="承诺事项")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="院校")
    receipt = models.CharField("是否收到", max_length=10, choices=Receipt, blank=True)
    text = models.TextField("内容", blank=True, max_length=1000)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="留言人")
    words = models.CharField("职务", max_length=160)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "反馈"
        verbose_name_plural = "反馈"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(receipt="") | Q(unit__isnull=False), name="receipt_of_a_school")
        ]

    def __str__(self) -> str:
        return f"{self.words}：{self.get_receipt_display()}{self.text[:20]}"
