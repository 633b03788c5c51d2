"""季度报告。"""

from django.db import models

from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.scheme.models import Area, Cluster, Unit


class Report(Versioned):
    """One cluster's report of one period: drafting → checking → signing → issued, then frozen with its hash [F3]."""

    class State(models.TextChoices):
        DRAFTING = "drafting", "起草"
        CHECKING = "checking", "核对"
        SIGNING = "signing", "签发"
        SIGNED = "signed", "已签发"
        ISSUED = "issued", "已印发"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    period = models.CharField("期间", max_length=6)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFTING)
    opened_at = models.DateTimeField("开启时间")
    composed_at = models.DateTimeField("拟稿时间", null=True, blank=True)
    checked_words = models.CharField("核对人", max_length=160, blank=True)
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    signed_words = models.CharField("签发人", max_length=160, blank=True)
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    number = models.CharField("发文字号", max_length=60, blank=True)
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    frozen = models.JSONField("印发文本", null=True, blank=True)
    figures = models.JSONField("印发数字", null=True, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)

    class Meta:
        verbose_name = "季度报告"
        verbose_name_plural = "季度报告"
        ordering = ["-period"]
        constraints = [models.UniqueConstraint(fields=["cluster", "period"], name="one_report_per_period")]

    def __str__(self) -> str:
        return f"{self.cluster}{self.period}工作开展情况汇总"


class Part(Versioned):
    """段落: one paragraph of a section, edited on its own; {名称} in its text stands for a figure."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="parts", verbose_name="报告")
    section = models.CharField("章节", max_length=24)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    partner = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结对高校")
    supported = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="支持院校"
    )
    text = models.TextField("文字", max_length=6000)
    activities = models.ManyToManyField(Activity, related_name="+", verbose_name="依据的动态")
    order = models.PositiveIntegerField("次序", default=0)
    is_edited = models.BooleanField("已改写", default=False)

    class Meta:
        verbose_name = "段落"
        verbose_name_plural = "段落"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.text[:20]}…" if len(self.text) > 20 else self.text

    @property
    def cluster_id(self) -> int:
        """The cluster of the report."""
        return self.report.cluster_id


class Brief(models.Model):
    """采编: what became of one activity in one report; the unit sees 采用 or 未采用 with the reason [F2]."""

    class Fate(models.TextChoices):
        WAITING = "waiting", "未处理"
        ADOPTED = "adopted", "采用"
        LEFT_OUT = "left-out", "未采用"

    report = models.ForeignKey(Report, models.CASCADE, related_name="briefs", verbose_name="报告")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", verbose_name="动态")
    fate = models.CharField("采编", max_length=10, choices=Fate, default=Fate.WAITING)
    reason = models.CharField("未采用原因", max_length=200, blank=True)
    is_late = models.BooleanField("补报", default=False)

    class Meta:
        verbose_name = "采编"
        verbose_name_plural = "采编"
        constraints = [models.UniqueConstraint(fields=["report", "activity"], name="brief_once_per_report")]

    @property
    def cluster_id(self) -> int:
        """The cluster of the report."""
        return self.report.cluster_id
