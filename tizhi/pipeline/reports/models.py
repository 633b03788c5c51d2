"""季度报告。"""

from django.db import models
from django.utils.functional import cached_property

from tizhi.base.kit import periods
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.scheme.models import Area, Cluster, Pair


class Report(Versioned):
    """One cluster's report of one period: drafting → checking → signing → issued [F3].

    From checking on it stands on `frozen` (the document as canonical JSON), `figures` and their `basis`, so that what
    is checked, signed and issued is one and the same; `sha256` seals all three when it is issued.
    """

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
    submitted_words = models.CharField("提交人", max_length=160, blank=True)
    submitted_at = models.DateTimeField("提交核对时间", null=True, blank=True)
    checked_words = models.CharField("核对人", max_length=160, blank=True)
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    signed_words = models.CharField("签发人", max_length=160, blank=True)
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    number = models.CharField("发文字号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    frozen = models.TextField("定稿文本", blank=True, editable=False)
    figures = models.JSONField("定稿数字", default=list, blank=True, editable=False)
    basis = models.JSONField("数字依据", default=dict, blank=True, editable=False)
    as_of = models.DateTimeField("数据截至", null=True, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "季度报告"
        verbose_name_plural = "季度报告"
        ordering = ["-period"]
        constraints = [models.UniqueConstraint(fields=["cluster", "period"], name="one_report_per_period")]

    def __str__(self) -> str:
        return f"{self.cluster}{self.span.words}工作开展情况汇总"

    @cached_property
    def span(self) -> periods.Period:
        """The period as days."""
        return periods.parse(self.period)

    @property
    def is_frozen(self) -> bool:
        """Whether its text and figures stand still."""
        return self.state != self.State.DRAFTING


class Part(Versioned):
    """段落: one paragraph, edited on its own; {名称} in its text stands for a figure.

    `origin` says what proposed it (`brief:12`, `pair:3`, …; empty when written by hand), so that composing again
    renews what nobody touched and never repeats what somebody rewrote or removed.
    """

    class Section(models.TextChoices):
        OVERVIEW = "overview", "总体情况"
        AREAS = "areas", "重点内容进展"
        PAIRS = "pairs", "结对帮扶情况"
        MEETINGS = "meetings", "调研与会议"
        PROBLEMS = "problems", "问题与建议"
        NEXT = "next", "下季度工作安排"

    report = models.ForeignKey(Report, models.CASCADE, related_name="parts", verbose_name="报告")
    section = models.CharField("章节", max_length=10, choices=Section)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    pair = models.ForeignKey(Pair, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结对")
    text = models.TextField("文字", max_length=6000)
    activities = models.ManyToManyField(Activity, related_name="+", verbose_name="依据的动态", blank=True)
    order = models.PositiveIntegerField("次序", default=0)
    origin = models.CharField("由来", max_length=40, blank=True, editable=False)
    is_edited = models.BooleanField("已改写", default=False)
    is_removed = models.BooleanField("已移除", default=False)

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
    """采编: what became of one activity in one report; the unit sees 采用 or 未采用 with the reason [F2].

    `number` names the activity inside this report's placeholders and never changes. A row stands for every activity an
    issued report has counted, so that none is counted in two reports.
    """

    class Fate(models.TextChoices):
        WAITING = "waiting", "未处理"
        ADOPTED = "adopted", "采用"
        LEFT_OUT = "left-out", "未采用"

    report = models.ForeignKey(Report, models.CASCADE, related_name="briefs", verbose_name="报告")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", verbose_name="动态")
    number = models.PositiveIntegerField("编号")
    fate = models.CharField("采编", max_length=10, choices=Fate, default=Fate.WAITING)
    reason = models.CharField("未采用原因", max_length=200, blank=True)
    is_late = models.BooleanField("补报", default=False)

    class Meta:
        verbose_name = "采编"
        verbose_name_plural = "采编"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "activity"], name="brief_once_per_report"),
            models.UniqueConstraint(fields=["report", "number"], name="one_number_per_brief"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}（{self.get_fate_display()}）"

    @property
    def cluster_id(self) -> int:
        """The cluster of the report."""
        return self.report.cluster_id
