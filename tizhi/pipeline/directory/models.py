"""人员与任职。"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tizhi.base.kit.rows import Dated, Versioned
from tizhi.pipeline.scheme.models import Cluster, Post, Seat, Unit


class Person(Versioned):
    """人员: somebody who holds or held a post, with or without an account. Never deleted, only closed."""

    name = models.CharField("姓名", max_length=60)
    initials = models.CharField("拼音首字母", max_length=60, blank=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    department = models.CharField("部门", max_length=80, blank=True)
    title = models.CharField("实际职务", max_length=80, blank=True, help_text="如：副校长、教务处处长")
    email = models.EmailField("邮箱", blank=True)
    phone = models.CharField("手机", max_length=20, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号"
    )
    is_open = models.BooleanField("在册", default=True)

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["initials", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_key(self) -> int:
        """The unit whose office keeps this person."""
        return self.unit_id


class Appointment(Dated, Versioned):
    """任职: a person in a post of a unit or a seat of a body, from–to. Rights follow from it and from nothing else."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位职务")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位")
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="席位"
    )
    title = models.CharField("实际职务", max_length=80, blank=True)
    is_acting = models.BooleanField("代管", default=False)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name="随任",
        help_text="席位由某职务担任时，随该任职起止",
    )
    assists = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assistants",
        verbose_name="协助",
        help_text="秘书可为其代录",
    )

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, unit__isnull=False, seat__isnull=True)
                | Q(post__isnull=True, seat__isnull=False),
                name="post_or_seat",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("begins")), name="term_in_order"
            ),
            models.UniqueConstraint(
                fields=["person", "post", "unit", "cluster"], condition=Q(ends__isnull=True), name="one_open_post"
            ),
            models.UniqueConstraint(fields=["person", "seat"], condition=Q(ends__isnull=True), name="one_open_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.person}任{self.place}{self.post_name}"

    @property
    def post_name(self) -> str:
        """The post's name as it follows its place: the 教育部联系人 of 教育部 is its 联系人."""
        name = self.post.name if self.post else self.seat.post  # type: ignore[union-attr]
        return name.removeprefix(self.place)

    @property
    def place(self) -> str:
        """The unit or the body the post belongs to."""
        return self.unit.called if self.post and self.unit else self.seat.body.name  # type: ignore[union-attr]

    @property
    def powers(self) -> list[str]:
        """What this post may do, as the scheme says."""
        return self.post.powers if self.post else self.seat.powers  # type: ignore[union-attr]
