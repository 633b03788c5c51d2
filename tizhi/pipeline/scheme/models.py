"""工作方案: rows for what other rows point to or what has dates; the rules stay in the version's text (`declared`)."""

from django.db import models
from django.db.models import F, Q

from tizhi.base.kit.rows import Dated


class Unit(models.Model):
    """单位: a university, department or ministry of this installation; it may stand in several clusters."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", "高校"
        DEPARTMENT = "department", "教育厅（委）"
        MINISTRY = "ministry", "教育部"

    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    code = models.CharField("学校标识码", max_length=10, unique=True, null=True, blank=True)
    province = models.CharField("省份", max_length=20, blank=True)
    regions = models.JSONField("服务地区", default=list, blank=True)
    initials = models.CharField("拼音首字母", max_length=160, blank=True, editable=False)

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = "单位"

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


class UnitName(models.Model):
    """曾用名: a name the unit bore up to a day; documents print the name valid on their date [A3]."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="former_names", verbose_name="单位")
    name = models.CharField("名称", max_length=80)
    until = models.DateField("用至")

    class Meta:
        verbose_name = "曾用名"
        verbose_name_plural = "曾用名"
        ordering = ["until"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="one_former_name_per_unit")]

    def __str__(self) -> str:
        return self.name


class Cluster(models.Model):
    """组团: one lead and its partners and supported schools, run by one scheme."""

    key = models.SlugField("标识", unique=True)
    name = models.CharField("名称", max_length=80)
    title = models.CharField("方案名称", max_length=160)
    programme = models.CharField("计划", max_length=80)
    starts = models.DateField("起始日期")
    ends = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = "组团"
        verbose_name_plural = "组团"

    def __str__(self) -> str:
        return self.name

    @property
    def cluster_id(self) -> int:
        """A cluster is its own cluster: predicates ask every target the same question."""
        return self.pk


class Version(models.Model):
    """方案版本: the text as it was applied; an old version is never changed."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="versions", verbose_name="组团")
    number = models.PositiveIntegerField("版次")
    text = models.TextField("方案文本")
    sha256 = models.CharField("校验值", max_length=64)
    begins = models.DateField("施行日期")
    applied_at = models.DateTimeField("载入时间")
    is_effective = models.BooleanField("已施行", default=True, help_text="提前载入的版本，到施行日期方才施行")

    class Meta:
        verbose_name = "方案版本"
        verbose_name_plural = "方案版本"
        ordering = ["cluster", "number"]
        constraints = [models.UniqueConstraint(fields=["cluster", "number"], name="one_number_per_version")]

    def __str__(self) -> str:
        return f"{self.cluster}第{self.number}版方案"


class Member(Dated):
    """成员单位: a unit's place in a cluster, under the scheme's own id."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="members", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="单位")
    key = models.SlugField("标识")
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "成员单位"
        verbose_name_plural = "成员单位"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["cluster", "unit", "begins"], name="one_membership_at_a_time")]

    def __str__(self) -> str:
        return f"{self.unit}"


class UnitRole(Dated):
    """单位角色: lead, partner, supported, department or authority in a cluster, from–to."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头高校"
        PARTNER = "partner", "重点联系院校"
        SUPPORTED = "supported", "重点支持院校"
        DEPARTMENT = "department", "省级教育行政部门"
        AUTHORITY = "authority", "主管部门"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="roles", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles", verbose_name="单位")
    role = models.CharField("角色", max_length=12, choices=Role)

    class Meta:
        verbose_name = "单位角色"
        verbose_name_plural = "单位角色"
        constraints = [
            models.UniqueConstraint(fields=["cluster", "unit", "role", "begins"], name="one_role_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}（{self.get_role_display()}）"


class Pair(Dated):
    """结对: a partner and the school it supports; cross-province pairs are normal [A4]."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="pairs", verbose_name="组团")
    partner = models.ForeignKey(Unit, models.PROTECT, related_name="supports", verbose_name="重点联系院校")
    supported = models.ForeignKey(Unit, models.PROTECT, related_name="supported_by", verbose_name="重点支持院校")
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "结对"
        verbose_name_plural = "结对"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "partner", "supported", "begins"], name="one_pair_at_a_time"),
            models.CheckConstraint(condition=~Q(partner=F("supported")), name="pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.partner}—{self.supported}"


class Post(models.Model):
    """职务: a post of a unit and the powers it carries in this cluster."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="posts", verbose_name="组团")
    key = models.SlugField("标识")
    name = models.CharField("名称", max_length=60)
    each = models.JSONField("所属", default=list)
    count = models.PositiveSmallIntegerField("人数", default=1)
    at_least = models.PositiveSmallIntegerField("至少", default=1)
    rank = models.PositiveSmallIntegerField("级别", default=9)
    powers = models.JSONField("权限", default=list)
    order = models.PositiveSmallIntegerField("次序", default=0)
    is_open = models.BooleanField("现行", default=True)

    class Meta:
        verbose_name = "职务"
        verbose_name_plural = "职务"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["cluster", "key"], name="one_key_per_post")]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """重点内容: one of the "4", or the "X" [三]."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="areas", verbose_name="组团")
    key = models.SlugField("标识")
    name = models.CharField("名称", max_length=60)
    items = models.JSONField("事项", default=list)
    is_individual = models.BooleanField("特色", default=False)
    order = models.PositiveSmallIntegerField("次序", default=0)
    is_open = models.BooleanField("现行", default=True)

    class Meta:
        verbose_name = "重点内容"
        verbose_name_plural = "重点内容"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["cluster", "key"], name="one_key_per_area")]

    def __str__(self) -> str:
        return self.name


class Body(Dated):
    """机构: a body of the cluster; `declared` is its id in the scheme, under which it may stand once in each unit."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="bodies", verbose_name="组团")
    declared = models.SlugField("标识")
    name = models.CharField("名称", max_length=120)
    is_own = models.BooleanField("自行设立", default=False, help_text="方案再载入时，不改其名称和起止")
    also = models.CharField("又称", max_length=60, blank=True)
    duties = models.TextField("职责", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所属单位")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Seat(Dated):
    """席位: a place in a body; `unit_posts` are the posts whose holder fills it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats", verbose_name="机构")
    post = models.CharField("职务", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位")
    unit_posts = models.JSONField("由何职务担任", default=list)
    departments = models.JSONField("部门", default=list)
    count = models.PositiveSmallIntegerField("人数", default=1)
    powers = models.JSONField("权限", default=list)
    people = models.CharField("方案原文", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "席位"
        verbose_name_plural = "席位"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.body}{self.post}"
