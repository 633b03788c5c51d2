"""一校一策。"""

from typing import Any

from django.db import models
from django.db.models import Q

from tizhi.base.files.models import StoredFile
from tizhi.base.kit import periods
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme.models import Area, Cluster, Unit
from tizhi.pipeline.studies.models import Finding, Study

from .declared import entry_of, name_of


class Plan(Versioned):
    """提质计划: one school's plan of a kind the scheme declares – of a period, or of the whole time (`period` empty).

    Where it stands is not stored: it follows from the `StepRecord`s of the current `revision` and the scheme's steps.
    `in_force` is the text that holds, sealed when the last step was done; a revision leaves it until its own is done.
    `unit` is the school the plan is for; who writes it follows from the pair.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="院校")
    declared = models.SlugField("计划种类", help_text="方案中的标识，如 five-year")
    period = models.CharField("期间", max_length=6, blank=True)
    first_year = models.PositiveSmallIntegerField("起始年")
    last_year = models.PositiveSmallIntegerField("终止年")
    revision = models.PositiveSmallIntegerField("修订次数", default=0)
    revised_reason = models.CharField("修订原因", max_length=300, blank=True)
    revised_at = models.DateTimeField("启动修订时间", null=True, blank=True)
    is_text_open = models.BooleanField(
        "评审中可改文本", default=False, help_text="有条件通过后，答复期间由编制单位修改文本"
    )
    in_force = models.ForeignKey(
        "PlanVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现行文本"
    )
    in_force_revision = models.PositiveSmallIntegerField("现行文本的修订次数", null=True, blank=True)
    in_force_on = models.DateField("施行日期", null=True, blank=True)
    opened_at = models.DateTimeField("建立时间")
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="建立人")

    class Meta:
        verbose_name = "提质计划"
        verbose_name_plural = "提质计划"
        ordering = ["declared", "-first_year", "unit", "pk"]
        indexes = [models.Index(fields=["cluster", "declared", "period"], name="plan_of_cluster")]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "unit", "declared", "first_year", "period"], name="one_plan_of_a_kind_and_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}{self.kind_words}（{self.span_words}）"

    @property
    def span_words(self) -> str:
        """2026年, 2026年上半年, or 2026—2030年 of several years."""
        if self.first_year != self.last_year:
            return f"{self.first_year}—{self.last_year}年"
        return periods.parse(self.period).words if self.period else f"{self.first_year}年"

    @property
    def kind_words(self) -> str:
        """The name that the scheme gives to plans of this kind."""
        return name_of(self.cluster_id, self.declared)


class OfPlan(models.Model):
    """A row of a plan: predicates ask it for its cluster and school as they ask the plan itself."""

    plan: Any

    class Meta:
        abstract = True

    @property
    def cluster_id(self) -> int:
        """The cluster of the plan."""
        return self.plan.cluster_id

    @property
    def unit_id(self) -> int:
        """The school of the plan."""
        return self.plan.unit_id


class Section(OfPlan, Versioned):
    """计划章节: one section's text as sanitised HTML, edited on its own so that nobody overwrites another."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", verbose_name="计划")
    key = models.SlugField("章节")
    html = models.TextField("正文", blank=True, max_length=200_000)
    changed_at = models.DateTimeField("最近修改", null=True, blank=True)
    changed_words = models.CharField("修改人", max_length=160, blank=True)

    class Meta:
        verbose_name = "计划章节"
        verbose_name_plural = "计划章节"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_section_of_a_key")]

    def __str__(self) -> str:
        return f"{self.plan}：{self.name}"

    @property
    def name(self) -> str:
        """The name that the scheme gives to the section."""
        entry = entry_of(self.plan.cluster_id, self.plan.declared)
        return next((one.name for one in entry.sections if one.id == self.key), "其他") if entry else "其他"


class SectionPast(models.Model):
    """章节旧文: what stood in a section before it was changed; kept once per person and sitting, not per keystroke."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="pasts", verbose_name="章节")
    html = models.TextField("原正文", blank=True)
    words = models.CharField("当时的修改人", max_length=160, blank=True)
    at = models.DateTimeField("当时的修改时间", null=True, blank=True)
    replaced_words = models.CharField("改动人", max_length=160)
    replaced_at = models.DateTimeField("改动时间")
    reason = models.CharField("说明", max_length=120, blank=True)

    class Meta:
        verbose_name = "章节旧文"
        verbose_name_plural = "章节旧文"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.section}（旧文）"


class SectionFile(models.Model):
    """章节图片: a picture that may stand in the text of a plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="pictures", verbose_name="计划")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="图片")

    class Meta:
        verbose_name = "章节图片"
        verbose_name_plural = "章节图片"
        constraints = [models.UniqueConstraint(fields=["plan", "file"], name="picture_once_per_plan")]

    def __str__(self) -> str:
        return self.file.name


class PlanVersion(OfPlan):
    """计划文本: the text as it was submitted for a step; sealed by its hash and never changed [C5].

    `content` is [{"key", "name", "area", "html"}, …] in the order of the sections, the list of measures last.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", verbose_name="计划")
    number = models.PositiveSmallIntegerField("版次")
    revision = models.PositiveSmallIntegerField("修订次数", default=0)
    step = models.SlugField("所属步骤")
    content = models.JSONField("文本")
    sha256 = models.CharField("校验值", max_length=64, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提交人")
    words = models.CharField("职务", max_length=160)
    note = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "计划文本"
        verbose_name_plural = "计划文本"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_number_per_plan_version")]

    def __str__(self) -> str:
        return f"{self.plan}第{self.number}版"


class StepRecord(models.Model):
    """步骤记录: a step of the course that was done in this revision – who, when, with which papers.

    One living record per step; a step that was sent back (`undone_at`) is done anew by another record.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="records", verbose_name="计划")
    revision = models.PositiveSmallIntegerField("修订次数", default=0)
    step = models.SlugField("步骤")
    on = models.DateField("日期")
    at = models.DateTimeField("登记时间")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人")
    words = models.CharField("职务", max_length=160)
    note = models.CharField("说明", max_length=500, blank=True)
    study = models.ForeignKey(Study, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="调研")
    version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文本"
    )
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="材料")
    number = models.CharField("发文字号", max_length=60, blank=True)
    is_return = models.BooleanField("退回", default=False, help_text="没有办成，退回的一次")
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_words = models.CharField("撤销人", max_length=160, blank=True)
    undone_reason = models.CharField("撤销原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "步骤记录"
        verbose_name_plural = "步骤记录"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "revision", "step"], condition=Q(undone_at__isnull=True), name="step_done_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}：{self.name}"

    @property
    def name(self) -> str:
        """The name that the scheme gives to the step."""
        entry = entry_of(self.plan.cluster_id, self.plan.declared)
        return next((one.name for one in entry.steps if one.id == self.step), "以前的步骤") if entry else "以前的步骤"


class Comment(OfPlan):
    """批注: a word pinned to a passage of a section by its words (`quote`, with what stands before and after)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="comments", verbose_name="计划")
    section = models.SlugField("章节")
    quote = models.CharField("原文", max_length=500, blank=True)
    before = models.CharField("前文", max_length=60, blank=True)
    after = models.CharField("后文", max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name="回复"
    )
    text = models.TextField("内容", max_length=1000)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批注人")
    words = models.CharField("职务", max_length=160)
    at = models.DateTimeField("时间")
    resolved_at = models.DateTimeField("解决时间", null=True, blank=True)
    resolved_words = models.CharField("解决人", max_length=160, blank=True)

    class Meta:
        verbose_name = "批注"
        verbose_name_plural = "批注"
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "section"], name="comment_of_section")]

    def __str__(self) -> str:
        return f"{self.words}：{self.text[:20]}"


class Presence(models.Model):
    """在编人员: who has which section open; a row older than a minute says nothing."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name="计划")
    section = models.SlugField("章节", blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "在编人员"
        verbose_name_plural = "在编人员"
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="one_presence_per_person")]

    def __str__(self) -> str:
        return f"{self.person}：{self.plan}"


class PlanMeasure(OfPlan, Versioned):
    """举措: what the plan will do in one area, for which needs and findings: the middle of the chain [C2, C4]."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measures", verbose_name="计划")
    section = models.SlugField("章节", blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    number = models.PositiveSmallIntegerField("编号", help_text="本计划举措的顺序号，不重用")
    title = models.CharField("举措", max_length=120)
    text = models.CharField("说明", max_length=1000, blank=True)
    schedule = models.CharField("时间安排", max_length=120, blank=True)
    responsible = models.CharField("责任部门", max_length=160, blank=True)
    needs = models.ManyToManyField(Need, related_name="+", verbose_name="对应的需求", blank=True)
    findings = models.ManyToManyField(Finding, related_name="+", verbose_name="依据的发现", blank=True)
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤销原因", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "举措"
        verbose_name_plural = "举措"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_number_per_measure")]

    def __str__(self) -> str:
        return self.title
