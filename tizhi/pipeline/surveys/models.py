"""问卷。"""

from django.db import models
from django.db.models import Q

from tizhi.base.files.models import StoredFile
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Cluster, Unit
from tizhi.pipeline.studies.models import Study


class Survey(Versioned):
    """问卷: questions as one JSON description; open to whoever has its link, or to those invited [H4].

    From the first response on, `form` no longer changes in what its answers mean.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "编制中"
        OPEN = "open", "填写中"
        CLOSED = "closed", "已结束"

    class Way(models.TextChoices):
        LINK = "link", "公开链接（不记名）"
        INVITED = "invited", "按邀请填写（每份邀请一次）"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发起单位")
    study = models.ForeignKey(Study, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所属调研")
    title = models.CharField("标题", max_length=120)
    intro = models.TextField("说明", max_length=2000, blank=True)
    thanks = models.CharField("结束语", max_length=300, blank=True)
    form = models.JSONField("题目", default=dict, blank=True)
    way = models.CharField("填写方式", max_length=8, choices=Way, default=Way.LINK)
    secret = models.CharField("链接密钥", max_length=32, unique=True, editable=False)
    state = models.CharField("状态", max_length=8, choices=State, default=State.DRAFT)
    closes_at = models.DateTimeField("截止时间", null=True, blank=True)
    opened_at = models.DateTimeField("开放时间", null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="编制人")
    created_at = models.DateTimeField("建立时间")
    binned_at = models.DateTimeField("移入回收站时间", null=True, blank=True)

    class Meta:
        verbose_name = "问卷"
        verbose_name_plural = "问卷"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["cluster", "state"], name="survey_of_cluster")]

    def __str__(self) -> str:
        return self.title or "未命名问卷"


class Invitation(models.Model):
    """填写邀请: one answer, of a unit; `name` says whose, as far as the office knows. Its secret opens the form."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations", verbose_name="问卷")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    name = models.CharField("填写人", max_length=60, blank=True)
    email = models.EmailField("邮箱", blank=True)
    secret = models.CharField("链接密钥", max_length=32, unique=True, editable=False)
    invited_at = models.DateTimeField("邀请时间")
    reminded_at = models.DateTimeField("最近催办", null=True, blank=True)
    mailed_at = models.DateTimeField("最近发送邮件", null=True, blank=True)
    mail_fault = models.CharField("邮件未送达的原因", max_length=60, blank=True)
    order = models.PositiveIntegerField("次序", default=0)

    class Meta:
        verbose_name = "填写邀请"
        verbose_name_plural = "填写邀请"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name or f"{self.unit}"


class Response(Versioned):
    """答卷: half-way until `submitted_at`; `secret` lets the same phone go on. Nothing else says whose it is."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses", verbose_name="问卷")
    invitation = models.OneToOneField(
        Invitation, models.CASCADE, null=True, blank=True, related_name="response", verbose_name="邀请"
    )
    secret = models.CharField("续填密钥", max_length=32, unique=True, editable=False)
    answers = models.JSONField("答案", default=dict, blank=True)
    began_at = models.DateTimeField("开始时间")
    saved_at = models.DateTimeField("保存时间")
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)

    class Meta:
        verbose_name = "答卷"
        verbose_name_plural = "答卷"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["survey"], condition=Q(submitted_at__isnull=False), name="response_submitted"),
            models.Index(fields=["survey", "began_at"], name="response_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.survey}的答卷"


class ResponseFile(models.Model):
    """答卷附件: a file somebody handed in with an answer."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="files", verbose_name="答卷")
    question = models.CharField("题号", max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        verbose_name = "答卷附件"
        verbose_name_plural = "答卷附件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class Export(models.Model):
    """导出文件: all answers of a survey as one file, made by a job for whoever may read the results, kept for a day.

    `run_id` is the job that makes it or made it; the queue forgets its rows by itself, so no key points there.
    """

    class Kind(models.TextChoices):
        EXCEL = "excel", "Excel"
        SPSS = "spss", "SPSS"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+", verbose_name="问卷")
    kind = models.CharField("格式", max_length=8, choices=Kind)
    run_id = models.UUIDField("作业", null=True)
    asked_at = models.DateTimeField("要求时间", db_index=True)
    made_at = models.DateTimeField("生成时间", null=True)
    content = models.BinaryField("内容", null=True)

    class Meta:
        verbose_name = "导出文件"
        verbose_name_plural = "导出文件"
        constraints = [models.UniqueConstraint(fields=["survey", "kind"], name="one_export_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.survey}的{self.get_kind_display()}文件"
