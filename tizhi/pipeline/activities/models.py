"""工作动态。"""

from django.db import models
from django.db.models import F, Q

from tizhi.base.files.models import StoredFile
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Area, Cluster, Unit
from tizhi.pipeline.studies.models import Study


class Activity(Versioned):
    """Columns are what all kinds share or a measure counts; the rest lies in `details`, described by the kind.

    `sent_at` is the writer's first sending and stays, whatever happens later: it decides what is in time [E3].
    `submitted_at` says when the brief last left its unit, and is empty while it has not.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        APPROVING = "approving", "待本单位审签"
        SUBMITTED = "submitted", "待接收"
        RETURNED = "returned", "已退回"
        ACCEPTED = "accepted", "已接收"
        PUBLISHED = "published", "已发布"

    Mode = Study.Mode

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="报送单位")
    kind = models.CharField("类型", max_length=24)
    title = models.CharField("标题", max_length=120, blank=True)
    first_day = models.DateField("开始日期", null=True, blank=True)
    last_day = models.DateField("结束日期", null=True, blank=True)
    published_on = models.DateField("学校发布日期", null=True, blank=True)
    link = models.URLField("报道链接", max_length=500, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    mode = models.CharField("方式", max_length=8, choices=Mode, default=Mode.ON_SITE)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    item = models.CharField("事项", max_length=60, blank=True)
    stage = models.CharField("阶段", max_length=16, blank=True)
    study = models.ForeignKey(Study, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所记的调研")
    details = models.JSONField("数字", default=dict, blank=True)
    text = models.TextField("经过", blank=True, max_length=8000)
    own_next = models.CharField("本单位下一步", max_length=300, blank=True)
    other_next = models.CharField("对方下一步", max_length=300, blank=True)
    other_units = models.CharField("组团外单位", max_length=200, blank=True)
    photo_credit = models.CharField("摄影", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    held_since = models.DateTimeField("本状态起")
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="报送人")
    created_at = models.DateTimeField("建立时间")
    sent_at = models.DateTimeField("首次报送时间", null=True, blank=True)
    approved_at = models.DateTimeField("审签时间", null=True, blank=True)
    approved_words = models.CharField("审签人", max_length=160, blank=True)
    submitted_at = models.DateTimeField("报出时间", null=True, blank=True)
    accepted_at = models.DateTimeField("接收时间", null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    binned_at = models.DateTimeField("移入回收站时间", null=True, blank=True)

    class Meta:
        verbose_name = "工作动态"
        verbose_name_plural = "工作动态"
        ordering = [F("last_day").desc(nulls_first=True), "-pk"]
        indexes = [
            models.Index(fields=["cluster", "state", "-last_day"], name="activity_of_cluster"),
            models.Index(fields=["unit", "state", "-last_day"], name="activity_of_unit"),
            models.Index(fields=["cluster", "-last_day", "-id"], name="activity_by_day"),
            # The ledger's: each holds all that one of its measures reads of an activity.
            models.Index(
                fields=[
                    "cluster",
                    "kind",
                    "last_day",
                    "state",
                    "first_day",
                    "mode",
                    "stage",
                    "accepted_at",
                    "binned_at",
                ],
                name="activity_of_kind",
            ),
            models.Index(
                fields=["cluster", "last_day", "unit", "sent_at", "created_at", "binned_at"],
                name="activity_in_time",
            ),
            models.Index(fields=["cluster", "state", "-published_at", "-id"], name="activity_by_news"),
            models.Index(
                fields=["cluster", "created_at", "unit", "kind"],
                condition=Q(binned_at__isnull=True),
                name="activity_entered",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "未命名动态"

    @property
    def is_open(self) -> bool:
        """Whether its unit may still change it."""
        return self.binned_at is None and self.state in (self.State.DRAFT, self.State.RETURNED)


class ActivityUnit(models.Model):
    """参与单位: a unit and its part in the activity."""

    class Part(models.TextChoices):
        HOST = "host", "承办"
        VISITOR = "visitor", "来访"
        ATTENDING = "attending", "参加"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="units", verbose_name="动态")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    part = models.CharField("参与方式", max_length=10, choices=Part, default=Part.ATTENDING)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "参与单位"
        verbose_name_plural = "参与单位"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "unit"], name="unit_once_per_activity")]

    def __str__(self) -> str:
        return f"{self.unit}（{self.get_part_display()}）"


class ActivityLeader(models.Model):
    """到场负责同志: who was there, in which post on that day; somebody not in the directory stands in words."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="leaders", verbose_name="动态")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="任职"
    )
    name = models.CharField("姓名", max_length=60)
    post_words = models.CharField("职务", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "到场负责同志"
        verbose_name_plural = "到场负责同志"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.post_words}".strip()


class ActivityFile(models.Model):
    """照片与附件。"""

    class Kind(models.TextChoices):
        PHOTO = "photo", "照片"
        PAPER = "paper", "附件"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="files", verbose_name="动态")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    kind = models.CharField("类别", max_length=8, choices=Kind, default=Kind.PHOTO)
    caption = models.CharField("说明", max_length=80, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "照片与附件"
        verbose_name_plural = "照片与附件"
        ordering = ["kind", "order", "pk"]

    def __str__(self) -> str:
        return self.caption or self.file.name


class Remark(models.Model):
    """意见: a word of the pair office or the cluster office on a brief; kept with it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="remarks", verbose_name="动态")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="留言人")
    words = models.CharField("职务", max_length=160)
    text = models.TextField("内容", max_length=1000)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "意见"
        verbose_name_plural = "意见"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.words}：{self.text[:20]}"
