"""专家。"""

from django.db import models
from django.db.models import F, Q

from tizhi.base.kit.rows import Dated, Versioned
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Area, Cluster, Seat


class Nomination(Versioned):
    """专家提名: somebody proposed for a seat of a body that the scheme lets a department nominate [四(一), B1].

    nominated → confirmed (or declined, with the reason) → appointed, by letter and for a term; `appointment` is then
    the row the expert's rights follow from.
    """

    class State(models.TextChoices):
        NOMINATED = "nominated", "待确认"
        CONFIRMED = "confirmed", "待聘任"
        DECLINED = "declined", "未通过"
        APPOINTED = "appointed", "已聘任"
        WITHDRAWN = "withdrawn", "已撤回"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name="席位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="被提名人")
    title = models.CharField("职称", max_length=60, blank=True)
    speciality = models.CharField("专业特长", max_length=120, blank=True)
    areas = models.ManyToManyField(Area, related_name="+", verbose_name="重点内容", blank=True)
    reason = models.TextField("提名理由", max_length=1000, blank=True)
    department = models.CharField("提名部门", max_length=80, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.NOMINATED)
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提名人")
    nominated_words = models.CharField("提名人职务", max_length=160)
    nominated_at = models.DateTimeField("提名时间")
    decided_words = models.CharField("确认人", max_length=160, blank=True)
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    declined_reason = models.CharField("未通过原因", max_length=300, blank=True)
    begins = models.DateField("聘期自", null=True, blank=True)
    ends = models.DateField("聘期至", null=True, blank=True)
    letter_number = models.CharField("聘书编号", max_length=60, blank=True)
    issued_on = models.DateField("聘任日期", null=True, blank=True)
    appointment = models.OneToOneField(
        Appointment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="任职"
    )

    class Meta:
        verbose_name = "专家提名"
        verbose_name_plural = "专家提名"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["cluster", "state"], name="nomination_of_cluster")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "seat"], condition=Q(state__in=("nominated", "confirmed")), name="one_open_nomination"
            ),
            models.UniqueConstraint(
                fields=["cluster", "letter_number"], condition=~Q(letter_number=""), name="one_letter_of_a_number"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")), name="letter_term_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.seat}）"


class ExpertProfile(Versioned):
    """专家意愿: the pace an expert sets – how many papers at once, on which days before the due day to be reminded."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="专家")
    at_once = models.PositiveSmallIntegerField("同时承担", default=3)
    remind = models.JSONField("提前几天提醒", default=list, blank=True)
    speciality = models.CharField("专业特长", max_length=120, blank=True)
    areas = models.ManyToManyField(Area, related_name="+", verbose_name="熟悉的重点内容", blank=True)

    class Meta:
        verbose_name = "专家意愿"
        verbose_name_plural = "专家意愿"
        constraints = [models.UniqueConstraint(fields=["cluster", "person"], name="one_profile_per_expert")]

    def __str__(self) -> str:
        return f"{self.person}的评审意愿"


class Absence(Dated):
    """请假: days on which an expert takes nothing on; assigning him then needs to be said aloud."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="专家")
    reason = models.CharField("原因", max_length=120, blank=True)

    class Meta:
        verbose_name = "专家请假"
        verbose_name_plural = "专家请假"
        ordering = ["begins", "pk"]

    def __str__(self) -> str:
        return f"{self.person}请假"


class ServiceCertificate(Versioned):
    """服务证明: what an expert did in a year, asked for by himself or made by the office; frozen when it is issued."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="专家")
    year = models.PositiveSmallIntegerField("年度")
    purpose = models.CharField("用途", max_length=120, blank=True)
    asked_at = models.DateTimeField("申请时间")
    asked_words = models.CharField("申请人", max_length=160)
    number = models.CharField("编号", max_length=60, blank=True)
    issued_on = models.DateField("出具日期", null=True, blank=True)
    issued_at = models.DateTimeField("出具时间", null=True, blank=True)
    issued_words = models.CharField("出具人", max_length=160, blank=True)
    document = models.TextField("文本", blank=True, editable=False)
    sha256 = models.CharField("校验值", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "服务证明"
        verbose_name_plural = "服务证明"
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["cluster", "person"], name="certificate_of_expert")]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "person", "year"], condition=Q(issued_at__isnull=True), name="one_open_request"
            ),
            models.UniqueConstraint(
                fields=["cluster", "number"], condition=~Q(number=""), name="one_certificate_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}{self.year}年度服务证明"

    @property
    def is_issued(self) -> bool:
        """Whether the office has issued it."""
        return self.issued_at is not None
