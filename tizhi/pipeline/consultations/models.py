"""问诊。"""

from django.db import models
from django.db.models import Q

from tizhi.base.files.models import StoredFile
from tizhi.base.kit.rows import Versioned
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme.models import Area, Cluster, Unit
from tizhi.pipeline.studies.models import Finding


class Consultation(Versioned):
    """问诊: a school's problem as a case [四(五)2, H2].

    asked → triaged (somebody owns it) → answered (within the scheme's days) → adopted, partly or not, with the reason;
    the effect is asked for after three and six months. `case_*` is the text of the case base: no person, no school.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ASKED = "asked", "待受理"
        TRIAGED = "triaged", "办理中"
        ANSWERED = "answered", "待采纳"
        DECIDED = "decided", "跟踪成效"
        CLOSED = "closed", "已办结"
        WITHDRAWN = "withdrawn", "已撤回"

    class Decision(models.TextChoices):
        ADOPTED = "adopted", "采纳"
        PARTLY = "partly", "部分采纳"
        REFUSED = "refused", "不采纳"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name="组团")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="问诊院校")
    helper = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位")
    title = models.CharField("问题", max_length=120)
    text = models.TextField("情况说明", max_length=4000, blank=True)
    wanted = models.CharField("希望得到的帮助", max_length=500, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重点内容")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应的需求")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来自调研发现"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    created_at = models.DateTimeField("建立时间")
    asked_at = models.DateTimeField("提出时间", null=True, blank=True)
    triaged_at = models.DateTimeField("受理时间", null=True, blank=True)
    triaged_words = models.CharField("受理人", max_length=160, blank=True)
    session_on = models.DateField("会诊日期", null=True, blank=True)
    session_words = models.CharField("会诊方式", max_length=120, blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="会诊动态"
    )
    advice = models.TextField("建议", max_length=8000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_words = models.CharField("答复人", max_length=160, blank=True)
    decision = models.CharField("采纳情况", max_length=10, choices=Decision, blank=True)
    decision_reason = models.TextField("说明", max_length=1000, blank=True)
    decided_at = models.DateTimeField("采纳时间", null=True, blank=True)
    decided_words = models.CharField("采纳人", max_length=160, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=200, blank=True)
    case_title = models.CharField("案例标题", max_length=120, blank=True)
    case_text = models.TextField("案例问题", max_length=4000, blank=True)
    case_advice = models.TextField("案例建议", max_length=8000, blank=True)
    case_prepared_at = models.DateTimeField("案例整理时间", null=True, blank=True)
    case_prepared_words = models.CharField("案例整理人", max_length=160, blank=True)
    shared_at = models.DateTimeField("入库时间", null=True, blank=True)
    shared_words = models.CharField("案例审核人", max_length=160, blank=True)

    class Meta:
        verbose_name = "问诊"
        verbose_name_plural = "问诊"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["cluster", "state", "asked_at"], name="consultation_of_cluster"),
            models.Index(fields=["cluster", "asked_at"], name="consultation_by_day"),
            models.Index(
                fields=["cluster", "shared_at"], condition=Q(shared_at__isnull=False), name="consultation_case"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="") | Q(answered_at__isnull=False), name="decided_after_the_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "未命名问诊"


class Consultant(Versioned):
    """会诊专家: an expert asked to a consultation, and whether he takes it on."""

    class State(models.TextChoices):
        INVITED = "invited", "待答复"
        ACCEPTED = "accepted", "已接受"
        DECLINED = "declined", "已谢绝"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="consultants", verbose_name="问诊")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="专家")
    state = models.CharField("状态", max_length=10, choices=State, default=State.INVITED)
    invited_at = models.DateTimeField("邀请时间")
    invited_words = models.CharField("指派人", max_length=160)
    override = models.CharField("超出负荷或请假仍指派的原因", max_length=200, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    declined_reason = models.CharField("谢绝原因", max_length=300, blank=True)
    advice = models.TextField("意见", max_length=4000, blank=True)
    advised_at = models.DateTimeField("提出意见时间", null=True, blank=True)

    class Meta:
        verbose_name = "会诊专家"
        verbose_name_plural = "会诊专家"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["consultation", "person"], name="consultant_once")]

    def __str__(self) -> str:
        return f"{self.person}"

    @property
    def cluster_id(self) -> int:
        """The cluster of the consultation."""
        return self.consultation.cluster_id


class Effect(models.Model):
    """问诊成效: what had come of the advice after so many months; only ever added."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="effects", verbose_name="问诊")
    after_months = models.PositiveSmallIntegerField("几个月后")
    text = models.TextField("成效", max_length=2000)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    words = models.CharField("职务", max_length=160)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "问诊成效"
        verbose_name_plural = "问诊成效"
        ordering = ["after_months", "pk"]
        constraints = [models.UniqueConstraint(fields=["consultation", "after_months"], name="effect_once_per_time")]

    def __str__(self) -> str:
        return f"{self.consultation}：{self.after_months}个月后"


class ConsultationFile(models.Model):
    """问诊材料: a paper of the case."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="files", verbose_name="问诊")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        verbose_name = "问诊材料"
        verbose_name_plural = "问诊材料"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
