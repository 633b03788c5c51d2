"""留痕: one row per act. What changed, field by field, stands in django-auditlog's rows of the same correlation id."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class AddOnlyQuerySet(models.QuerySet):
    """History is never changed and never deleted, not even in bulk."""

    def update(self, **given: object) -> int:
        raise TypeError("留痕不可修改")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("留痕不可删除")


class Entry(models.Model):
    """One act in words that survive renames and departures; ids are for finding, words for reading."""

    uid = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    once = models.UUIDField("一次提交号", null=True, unique=True, editable=False)
    at = models.DateTimeField("时间")
    code = models.CharField("动作", max_length=80)
    label = models.CharField("事项", max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    person_id = models.BigIntegerField(null=True)
    appointment_id = models.BigIntegerField(null=True)
    name = models.CharField("办理人", max_length=80)
    post_words = models.CharField("职务", max_length=120, blank=True)
    unit_words = models.CharField("单位", max_length=120, blank=True)
    principal_id = models.BigIntegerField("被代录人", null=True)
    principal_words = models.CharField("代录", max_length=200, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    cluster_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("kind", "target_id")
    target_words = models.CharField("对象", max_length=200)
    note = models.TextField("说明", blank=True)
    parts = models.JSONField("包含", default=list)

    objects = AddOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "留痕"
        verbose_name_plural = "留痕"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["kind", "target_id", "-id"], name="entry_of_target"),
            models.Index(fields=["cluster_id", "-at"], name="entry_of_cluster"),
            models.Index(fields=["cluster_id", "code", "at"], name="entry_of_code"),
            models.Index(fields=["principal_id"], name="entry_of_principal"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.label} {self.target_words}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Add this entry; TypeError when it exists already."""
        if not self._state.adding:
            raise TypeError("留痕不可修改")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("留痕不可删除")


class Countersign(models.Model):
    """代录确认: the principal's word, or the signed paper, for what a secretary entered in his name [B7]."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="countersign", verbose_name="留痕")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    paper_id = models.BigIntegerField("签字件", null=True, blank=True)

    class Meta:
        verbose_name = "代录确认"
        verbose_name_plural = "代录确认"

    def __str__(self) -> str:
        return f"{self.entry}（代录）"

    @property
    def state(self) -> str:
        """未确认, 已确认 or 签字件."""
        return "已确认" if self.confirmed_at else "签字件" if self.paper_id else "未确认"
