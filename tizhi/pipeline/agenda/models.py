"""计划安排。"""

from django.db import models
from django.db.models import F, Q

from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.activities.models import Activity, ActivityUnit
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Area, Cluster, Unit


class PlannedItem(Versioned):
    """计划事项: what a unit means to do, on which days, with whom [E9]; the cluster reads it from the first day on.

    `promised_first` and `promised_last` are the days first promised and stay; every later change is a `Move`.
    What has become of it is not stored: `activity` is the brief it became, `cancelled_at` says it was given up.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="负责单位")
    kind = models.CharField("类型", max_length=24)
    title = models.CharField("事项名称", max_length=120)
    first_day = models.DateField("开始日期")
    last_day = models.DateField("结束日期")
    promised_first = models.DateField("最初安排的开始日期")
    promised_last = models.DateField("最初安排的结束日期")
    place = models.CharField("地点", max_length=120, blank=True)
    mode = models.CharField("方式", max_length=8, choices=Activity.Mode, default=Activity.Mode.ON_SITE)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    item = models.CharField("事项", max_length=60, blank=True)
    stage = models.CharField("阶段", max_length=16, blank=True)
    about = models.CharField("说明", max_length=500, blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="形成的动态"
    )
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)
    cancel_reason = models.CharField("取消原因", max_length=200, blank=True)
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("登记时间")
    changed_at = models.DateTimeField("最近变动时间")

    class Meta:
        verbose_name = "计划事项"
        verbose_name_plural = "计划事项"
        ordering = ["first_day", "pk"]
        indexes = [
            models.Index(fields=["cluster", "last_day"], name="planned_of_cluster"),
            models.Index(fields=["unit", "last_day"], name="planned_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="planned_days_in_order"),
            models.CheckConstraint(condition=Q(promised_last__gte=F("promised_first")), name="promised_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def brief(self) -> Activity | None:
        """The brief it became; none while there is none, or it lies in the recycle bin."""
        return self.activity if self.activity and self.activity.binned_at is None else None

    @property
    def has_moved(self) -> bool:
        """Whether its days are not those first promised."""
        return (self.first_day, self.last_day) != (self.promised_first, self.promised_last)


class PlannedUnit(models.Model):
    """计划参与单位: a unit and its part in what is planned."""

    planned = models.ForeignKey(PlannedItem, models.CASCADE, related_name="units", verbose_name="计划事项")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    part = models.CharField("参与方式", max_length=10, choices=ActivityUnit.Part, default=ActivityUnit.Part.ATTENDING)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "计划参与单位"
        verbose_name_plural = "计划参与单位"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["planned", "unit"], name="unit_once_per_planned_item")]

    def __str__(self) -> str:
        return f"{self.unit}（{self.get_part_display()}）"


class PlannedLeader(models.Model):
    """计划到场负责同志: who is to come, in which post; somebody not in the directory stands in words."""

    planned = models.ForeignKey(PlannedItem, models.CASCADE, related_name="leaders", verbose_name="计划事项")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="任职"
    )
    name = models.CharField("姓名", max_length=60)
    post_words = models.CharField("职务", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "计划到场负责同志"
        verbose_name_plural = "计划到场负责同志"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.post_words}".strip()


class Move(models.Model):
    """改期: the days before and after, the reason, and who moved it; rows are only added."""

    planned = models.ForeignKey(PlannedItem, models.CASCADE, related_name="moves", verbose_name="计划事项")
    from_first = models.DateField("原开始日期")
    from_last = models.DateField("原结束日期")
    to_first = models.DateField("现开始日期")
    to_last = models.DateField("现结束日期")
    reason = models.CharField("原因", max_length=200)
    words = models.CharField("改期人", max_length=160)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "改期"
        verbose_name_plural = "改期"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.planned}：{self.from_first}改为{self.to_first}"


class Feed(models.Model):
    """日历订阅: lets one person's calendar read what is planned; of its secret only the hash is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    digest = models.CharField("校验值", max_length=64, unique=True)
    created_at = models.DateTimeField("开通时间")
    last_fetched_at = models.DateTimeField("最近读取时间", null=True, blank=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="one_open_feed"),
        ]

    def __str__(self) -> str:
        return f"{self.person}的日历订阅"

    @property
    def user_id(self) -> int | None:
        """The account whose feed this is: predicates ask every target the same question."""
        return self.person.user_id
