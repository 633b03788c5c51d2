"""调研。"""

from django.db import models
from django.db.models import F, Q

from tizhi.base.files.models import StoredFile
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme import terms
from tizhi.pipeline.scheme.models import Area, Cluster, Unit


class Study(Versioned):
    """调研: one field study of one supported school, led by `unit` [四(五), H1].

    Written as a draft; from `recorded_at` on it stands, and may be evidence of a plan's step. The brief of the same
    event points here (activity → study, never back).
    """

    class Round(models.TextChoices):
        FIRST = "first", terms.STUDY_ROUNDS["first"]
        SECOND = "second", terms.STUDY_ROUNDS["second"]
        IMPLEMENTATION = "implementation", terms.STUDY_ROUNDS["implementation"]
        OTHER = "other", "其他调研"

    class Mode(models.TextChoices):
        ON_SITE = "on-site", terms.MODES["on-site"]
        ONLINE = "online", terms.MODES["online"]
        BOTH = "both", terms.MODES["both"]

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="受调研院校")
    round = models.CharField("轮次", max_length=16, choices=Round)
    mode = models.CharField("方式", max_length=8, choices=Mode, default=Mode.ON_SITE)
    title = models.CharField("名称", max_length=120, blank=True)
    first_day = models.DateField("开始日期", null=True, blank=True)
    last_day = models.DateField("结束日期", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    purpose = models.CharField("目的", max_length=500, blank=True)
    methods = models.JSONField("方法", default=list, blank=True)
    summary = models.TextField("总体情况", max_length=8000, blank=True)
    report = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="调研报告"
    )
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("建立时间")
    recorded_at = models.DateTimeField("登记时间", null=True, blank=True)
    binned_at = models.DateTimeField("移入回收站时间", null=True, blank=True)

    class Meta:
        verbose_name = "调研"
        verbose_name_plural = "调研"
        ordering = [F("last_day").desc(nulls_first=True), "-pk"]
        indexes = [
            models.Index(fields=["cluster", "school", "round", "last_day"], name="study_of_school"),
            models.Index(fields=["cluster", "-last_day"], name="study_of_cluster"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="study_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "未命名调研"

    @property
    def is_draft(self) -> bool:
        """Whether it has not been recorded yet."""
        return self.recorded_at is None


class StudyMember(models.Model):
    """调研组成员: who went, in which post on that day; `is_expert` says that he went as an expert."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="team", verbose_name="调研")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="任职"
    )
    name = models.CharField("姓名", max_length=60)
    post_words = models.CharField("单位职务", max_length=120, blank=True)
    is_expert = models.BooleanField("专家", default=False)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "调研组成员"
        verbose_name_plural = "调研组成员"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.post_words}".strip()


class Finding(Versioned):
    """调研发现: what a study found in one area; it may become a need or a consultation in one step."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", "优势特色"
        GAP = "gap", "短板问题"
        ADVICE = "advice", "工作建议"

    study = models.ForeignKey(Study, models.CASCADE, related_name="findings", verbose_name="调研")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.GAP)
    text = models.TextField("内容", max_length=2000)
    evidence = models.CharField("依据", max_length=500, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "调研发现"
        verbose_name_plural = "调研发现"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.text[:30]}…" if len(self.text) > 30 else self.text

    @property
    def cluster_id(self) -> int:
        """The cluster of the study."""
        return self.study.cluster_id
