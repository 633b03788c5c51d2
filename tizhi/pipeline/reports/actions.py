"""报告的办理: opened, composed, edited, checked, signed, issued [四(四), F2, F3]."""

from __future__ import annotations

from datetime import date

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.base.kit.periods import Period
from tizhi.pipeline.experts import notices as told
from tizhi.pipeline.experts import queries as experts
from tizhi.pipeline.experts import rules as letters
from tizhi.pipeline.experts.models import ServiceCertificate
from tizhi.pipeline.filings.actions import close_inputs, note_issue
from tizhi.pipeline.scheme.models import Area, Cluster, Pair
from tizhi.pipeline.scheme.who import approver_of_lead, platform, secretariat

from . import editing, rules
from .certificates import certificate_of
from .compiled import from_data
from .gathering import facts_of
from .models import Brief, Part, Report
from .values import normalised, require_known

State = Report.State
Fate = Brief.Fate
Section = Part.Section
LONGEST = 6000


@action("开启季度报告", by=[platform, secretariat], creates=True)
def open_report(actor: Actor, cluster: Cluster, *, period: Period) -> Report:
    """Open the report of `period`; opening it twice changes nothing."""
    report, _ = Report.objects.get_or_create(cluster=cluster, period=period.key, defaults={"opened_at": clock.now()})
    return report


def _checked(report: Report, text: str) -> str:
    """`text` as it is kept; RuleBroken when it is empty, too long, or names a number that there is not."""
    wanted = text.strip()
    if not wanted:
        raise RuleBroken("段落不能为空；不要这一段，请点“移除”。", {"text": "段落不能为空"})
    if len(wanted) > LONGEST:
        raise RuleBroken(f"段落超过{LONGEST}字，请分成几段。", {"text": f"不超过{LONGEST}字"})
    values = from_data(report.cluster, report.span, report).values
    wanted = normalised(wanted, values)
    require_known(wanted, values)
    return wanted


def _placed(part: Part, section: str, area_id: int | None, pair_id: int | None) -> Part:
    """Save `part` in its section; only 重点内容 has areas, only 结对帮扶 has pairs, and both are the cluster's own."""
    own = {"cluster": part.report.cluster_id}
    part.section = Section(section)
    part.area = Area.objects.filter(**own, pk=area_id).first() if section == Section.AREAS and area_id else None
    part.pair = Pair.objects.filter(**own, pk=pair_id).first() if section == Section.PAIRS and pair_id else None
    part.save()
    return part


def _require_living(report: Report, part: Part) -> None:
    if part.report_id != report.pk or part.is_removed:
        raise RuleBroken("请选择本报告中现有的段落。")


# The tray


@action("拟整稿", by=[secretariat], when=rules.not_editable)
def compose_draft(actor: Actor, report: Report) -> Report:
    """Propose the complete draft: every activity not yet decided is adopted; what somebody wrote stays."""
    facts = facts_of(report.cluster, report.span)
    editing.decide(report, editing.waiting(report, facts), Fate.ADOPTED)
    editing.write_draft(report, facts)
    report.composed_at = clock.now()
    report.save(update_fields=["composed_at"])
    return report


@action("采用动态", by=[secretariat], when=rules.brief_not_decidable, creates=True)
def adopt(actor: Actor, brief: Brief, *, into: Part | None = None) -> Brief:
    """Adopt an activity: into the paragraph `into`, else with a paragraph of its own."""
    report = editing.locked(brief.report)
    facts = facts_of(report.cluster, report.span)
    if brief.activity_id not in facts.by_id:
        raise RuleBroken("这条动态不属于本期报告，可能已被退回。")
    (decided,) = editing.decide(report, [brief.activity_id], Fate.ADOPTED)
    if into is not None:
        _require_living(report, into)
        into.activities.add(brief.activity_id)
    editing.write_paragraphs_of(report, facts, [brief.activity_id])
    return decided


@action("采用全部未处理动态", by=[secretariat], when=rules.not_editable)
def adopt_all(actor: Actor, report: Report) -> Report:
    """Adopt whatever is not decided yet, each with a paragraph of its own."""
    facts = facts_of(report.cluster, report.span)
    undecided = editing.waiting(report, facts)
    editing.decide(report, undecided, Fate.ADOPTED)
    editing.write_paragraphs_of(report, facts, undecided)
    return report


@action("不采用动态", by=[secretariat], when=rules.brief_not_decidable, creates=True)
def leave_out(actor: Actor, brief: Brief, *, note: str) -> Brief:
    """Leave an activity out of the text; the reason is required, its unit reads it."""
    if not note.strip():
        raise RuleBroken("请写明未采用的原因，报送单位会看到。", {"note": "请写明未采用的原因"})
    report = editing.locked(brief.report)
    editing.take_out(report, brief.activity_id)
    (decided,) = editing.decide(report, [brief.activity_id], Fate.LEFT_OUT, note.strip()[:200])
    return decided


# Paragraphs


@action("改写段落", by=[secretariat], when=rules.part_not_editable)
def edit_part(actor: Actor, part: Part, *, text: str) -> Part:
    """Rewrite a paragraph; RuleBroken names every number in braces that there is not, Stale says who was quicker."""
    report = editing.locked(part.report)
    wanted = _checked(report, text)
    if wanted != part.text:
        part.text, part.is_edited = wanted, True
        part.save(update_fields=["text", "is_edited"])
    return part


@action("加写段落", by=[secretariat], when=rules.not_editable)
def add_part(
    actor: Actor, report: Report, *, section: str, text: str, area_id: int | None = None, pair_id: int | None = None
) -> Part:
    """Write a paragraph of one's own at the end of a section, under an area or a pair."""
    part = Part(report=report, text=_checked(report, text), is_edited=True, order=editing.next_place(report))
    return _placed(part, section, area_id, pair_id)


@action("移除段落", by=[secretariat], when=rules.part_not_editable)
def remove_part(actor: Actor, part: Part, *, note: str = "") -> Part:
    """Take a paragraph out of the text; it can be restored. Activities told nowhere else are left out with `note`."""
    report = editing.locked(part.report)
    alone = editing.only_in(part)
    if alone and not note.strip():
        raise RuleBroken("该段写的动态将记为未采用，请写明原因，报送单位会看到。", {"note": "请写明未采用的原因"})
    editing.decide(report, [one.pk for one in alone], Fate.LEFT_OUT, note.strip()[:200])
    part.is_removed = True
    part.save(update_fields=["is_removed"])
    return part


@action("恢复段落", by=[secretariat], when=rules.part_not_restorable)
def restore_part(actor: Actor, part: Part) -> Part:
    """Bring a removed paragraph back; its activities count as adopted again."""
    report = editing.locked(part.report)
    editing.decide(report, part.activities.values_list("pk", flat=True), Fate.ADOPTED)
    part.is_removed = False
    part.save(update_fields=["is_removed"])
    return part


@action("调整段落次序", by=[secretariat], when=rules.part_not_editable)
def move_part(actor: Actor, part: Part, *, up: bool) -> Part:
    """Change places with the paragraph before or after it under the same heading; at the end nothing happens."""
    report = editing.locked(part.report)
    neighbour = editing.neighbour_of(report, part, up=up)
    if neighbour is not None:
        part.order, neighbour.order = neighbour.order, part.order
        part.save(update_fields=["order"])
        neighbour.save(update_fields=["order"])
    return part


@action("移到其他章节", by=[secretariat], when=rules.part_not_editable)
def place_part(
    actor: Actor, part: Part, *, section: str, area_id: int | None = None, pair_id: int | None = None
) -> Part:
    """Move a paragraph to the end of another section, or under another heading."""
    report = editing.locked(part.report)
    part.order = editing.next_place(report)
    return _placed(part, section, area_id, pair_id)


@action("合并段落", by=[secretariat], when=rules.part_not_editable)
def merge_parts(actor: Actor, part: Part, *, into: Part | None = None) -> Part:
    """Join words and activities of `part` to those of `into`, or of the paragraph before it; `part` itself goes.

    Answers the paragraph that holds both.
    """
    report = editing.locked(part.report)
    into = into or editing.neighbour_of(report, part, up=True)
    if into is None or into.pk == part.pk:
        raise RuleBroken("前面没有可以合并的段落。")
    _require_living(report, into)
    into.text, into.is_edited = f"{into.text}{part.text}", True
    into.version += 1
    into.save(update_fields=["text", "is_edited", "version"])
    into.activities.add(*part.activities.all())
    part.is_removed = True
    part.save(update_fields=["is_removed"])
    return into


# The course


@action("提交核对", by=[secretariat], when=rules.not_submittable)
def submit_for_check(actor: Actor, report: Report) -> Report:
    """Hand the draft to checking: text and figures stand still from here on."""
    editing.freeze(report)
    report.state, report.return_reason = State.CHECKING, ""
    report.submitted_words, report.submitted_at = actor.words, clock.now()
    report.save()
    return report


@action("退回起草", by=[secretariat], when=rules.not_returnable)
def send_back(actor: Actor, report: Report, *, note: str) -> Report:
    """Give the report back to its editors; the reason is required."""
    return _sent_back(report, note)


@action("不予签发", by=[approver_of_lead], when=rules.not_signable, proxy=True)
def refuse(actor: Actor, report: Report, *, note: str) -> Report:
    """Decline to sign; the reason is required, the editors read it."""
    return _sent_back(report, note)


def _sent_back(report: Report, note: str) -> Report:
    if not note.strip():
        raise RuleBroken("请写明退回原因，编辑人员要按它修改。", {"note": "请写明退回原因"})
    editing.thaw(report)
    report.state, report.return_reason = State.DRAFTING, note.strip()
    report.save()
    return report


@action("核对通过", by=[secretariat], when=rules.not_checkable)
def check(actor: Actor, report: Report) -> Report:
    """Find text and figures right and pass the report on to be signed."""
    report.state = State.SIGNING
    report.checked_words, report.checked_at = actor.words, clock.now()
    report.save()
    return report


@action("签发季度报告", by=[approver_of_lead], when=rules.not_signable, proxy=True)
def sign(actor: Actor, report: Report) -> Report:
    """Sign the report as it stands."""
    report.state = State.SIGNED
    report.signed_words, report.signed_at = actor.words, clock.now()
    report.save()
    return report


@action("印发季度报告", by=[secretariat], when=rules.not_issuable)
def issue(actor: Actor, report: Report, *, number: str, issued_on: date) -> Report:
    """Issue the report under its 发文字号 and date: sealed with its hash, nothing of it ever changes."""
    if not number.strip():
        raise RuleBroken("请填写发文字号。", {"number": "请填写发文字号"})
    report.number, report.issued_on = number.strip(), issued_on
    editing.stamp(report)
    report.state = State.ISSUED
    report.save()
    close_inputs(actor, report.cluster, period=report.period)
    note_issue(actor, report.cluster, period=report.period, number=report.number, issued_on=issued_on)
    return report


# Certificates


@action("出具服务证明", by=[secretariat], when=letters.is_issued)
def issue_certificate(
    actor: Actor, certificate: ServiceCertificate, *, number: str, issued_on: date | None
) -> ServiceCertificate:  # fmt: skip
    """Issue what an expert asked for: composed from the records of today, numbered, and frozen as it is."""
    number = " ".join(number.split())
    faults = letters.number_faults(number, issued_on)
    if "number" not in faults and experts.certified(certificate.cluster_id, number):
        faults["number"] = f"编号“{number}”已经用过，请换一个。"
    if faults:
        raise RuleBroken("".join(faults.values()), faults)
    document = certificate_of(
        certificate.cluster, certificate.person, certificate.year,
        number=number, issued_on=issued_on, purpose=certificate.purpose,
    )  # fmt: skip
    certificate.number, certificate.issued_on = number, issued_on
    certificate.issued_at, certificate.issued_words = clock.now(), actor.words[:160]
    certificate.document, certificate.sha256 = document.to_json(), document.digest()
    certificate.save()
    told.tell_certificate(certificate)
    return certificate
