"""调研的办理: written, recorded, put right; its findings and its report added [四(五), H1]."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db.models import Max, ProtectedError

from tizhi.base.acts.action import action
from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.models import Member

from . import rules, writing
from .models import Finding, Study
from .queries import leads_study, pair_office_of_school, writes_finding


@action("起草调研", by=[leads_study], creates=True)
def start_study(actor: Actor, member: Member, **given: Any) -> Study:
    """Begin a study led by the unit `member`; what was typed so far may be unfinished but not wrong."""
    study = Study(
        cluster_id=member.cluster_id, unit_id=member.unit_id, writer_id=person_of(actor), created_at=clock.now()
    )
    return writing.fill(study, given)


@action("编辑调研", by=[leads_study, pair_office_of_school], when=rules.in_bin)
def save_study(actor: Actor, study: Study, *, by_brief: bool = False, **given: Any) -> Study:
    """Keep what was typed: columns and `team` (see `writing.fill`); what is recorded already must stay complete."""
    writing.fill(study, given)
    if not study.is_draft:
        writing.finish(study, by_brief=by_brief)
        study.save()
    return study


@action("登记调研", by=[leads_study, pair_office_of_school], when=rules.not_recordable)
def record_study(actor: Actor, study: Study, *, by_brief: bool = False, **given: Any) -> Study:
    """Record the study, with what was typed last: from now on the school reads it and a plan may rest on it.

    RuleBroken names each field that is missing; findings and the report may follow (see `rules.missing`).
    """
    if given:
        writing.fill(study, given)
    writing.finish(study, by_brief=by_brief)
    study.recorded_at = clock.now()
    study.save()
    return study


@action("移入回收站", by=[leads_study, pair_office_of_school], when=rules.not_binnable)
def put_study_into_bin(actor: Actor, study: Study) -> Study:
    """Put away a draft; nothing is deleted."""
    study.binned_at = clock.now()
    study.save()
    return study


@action("从回收站恢复", by=[leads_study, pair_office_of_school], when=rules.not_restorable)
def restore_study(actor: Actor, study: Study) -> Study:
    """Take a draft out of the recycle bin as it was."""
    study.binned_at = None
    study.save()
    return study


@action("上传调研报告", by=[leads_study, pair_office_of_school], when=rules.in_bin)
def attach_report(actor: Actor, study: Study, *, file: File) -> Study:
    """Put the report beside the study; an earlier one is replaced, and stays in the store."""
    try:
        study.report = take(file, StoredFile.Kind.PAPER, actor.person_id)
    except RuleBroken as fault:
        raise RuleBroken(fault.message, {"file": fault.message}) from fault
    study.save()
    return study


# Findings


@action("登记调研发现", by=[leads_study, pair_office_of_school], when=rules.in_bin)
def add_finding(actor: Actor, study: Study, **given: Any) -> Finding:
    """Add what was found: `kind`, `area_id`, `text`, `evidence`."""
    last = study.findings.aggregate(last=Max("order"))["last"]
    return writing.fill_finding(Finding(study=study, order=0 if last is None else last + 1), given)


@action("修改调研发现", by=[writes_finding], when=rules.finding_not_open)
def change_finding(actor: Actor, finding: Finding, **given: Any) -> Finding:
    """Put a finding right; what became of it keeps pointing to it."""
    return writing.fill_finding(finding, given)


@action("删除调研发现", by=[writes_finding], when=rules.finding_not_open)
def remove_finding(actor: Actor, finding: Finding) -> Study:
    """Take a finding out; RuleBroken when a need, a measure or a consultation rests on it."""
    study = finding.study
    try:
        finding.delete()
    except ProtectedError as error:
        raise RuleBroken("这条发现已经转为需求、举措或者问诊，不能删除；写得不准的，请修改。") from error
    return study
