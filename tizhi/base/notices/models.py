"""通知与投递。"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from tizhi.base.kit import clock

# The job's own retries are over by then: whoever still waits was forgotten by a job that is no more.
OVERDUE = timedelta(hours=12)


class Notice(models.Model):
    """通知: one thing one person is told, once; `key` names the occasion. Ids are for finding, words for reading."""

    key = models.CharField("事由", max_length=200, db_index=True)
    person_id = models.BigIntegerField("收件人编号", db_index=True)
    name = models.CharField("收件人", max_length=60)
    post_words = models.CharField("职务", max_length=120, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="账号")
    cluster_id = models.BigIntegerField("组团", null=True)
    kind = models.SlugField("类别", max_length=20)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("内容", blank=True)
    url_name = models.CharField("页面", max_length=80, blank=True)
    url_args = models.JSONField("页面参数", default=list)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["key", "person_id"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="unread_of_user"),
            models.Index(fields=["cluster_id", "-at"], name="notice_of_cluster"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.name}）"

    @property
    def url(self) -> str:
        """The one page where it is done; empty when there is none, or this release no longer has it."""
        try:
            return reverse(self.url_name, args=self.url_args) if self.url_name else ""
        except NoReverseMatch:
            return ""

    @property
    def ways(self) -> str:
        """站内、邮件（失败）: how it went; with `deliveries` prefetched it asks nothing."""
        return "、".join(one.words for one in self.deliveries.all())


class Delivery(models.Model):
    """投递: one way a notice takes to its reader, and how far it came.

    `address` is whole while the mail may still have to be sent, and masked afterwards: what can be erased on request is
    not kept for ever. `at` is when the state was last changed or a sending last tried.
    """

    class Channel(models.TextChoices):
        INBOX = "inbox", "站内"
        MAIL = "mail", "邮件"

    class State(models.TextChoices):
        WAITING = "waiting", "待发"
        SENT = "sent", "已发"
        FAILED = "failed", "失败"
        NO_ADDRESS = "no-address", "无地址"
        NO_MAIL = "no-mail", "未配置邮件"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name="通知")
    channel = models.CharField("渠道", max_length=8, choices=Channel)
    state = models.CharField("状态", max_length=12, choices=State)
    address = models.CharField("地址", max_length=254, blank=True)
    at = models.DateTimeField("状态时间")
    tries = models.PositiveSmallIntegerField("发送次数", default=0)
    fault = models.CharField("未成功的原因", max_length=200, blank=True)
    resent_words = models.CharField("重发人", max_length=160, blank=True)

    class Meta:
        verbose_name = "投递"
        verbose_name_plural = "投递"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel")]

    def __str__(self) -> str:
        return f"{self.notice} {self.words}"

    @property
    def words(self) -> str:
        """邮件, or 邮件（失败）: the channel, and the state unless it has arrived."""
        channel = str(self.get_channel_display())
        return channel if self.state == self.State.SENT else f"{channel}（{self.get_state_display()}）"

    @property
    def may_be_resent(self) -> bool:
        """Whether a person has to see to it: a mail that has not gone and that no job is about to send."""
        if self.channel != self.Channel.MAIL or self.state == self.State.SENT:
            return False
        return self.state != self.State.WAITING or self.at < clock.now() - OVERDUE
