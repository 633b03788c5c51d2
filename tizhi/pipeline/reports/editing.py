"""改稿: writes paragraphs and fates of activities. Called by the actions alone, with the report locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import F, Max, QuerySet

from tizhi.base.documents.document import Document
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.activities.models import Activity

from . import rules
from .compiled import Compiled, from_data, seal
from .compose import Proposed, of_record, propose
from .facts import Facts
from .models import Brief, Part, Report
from .values import names_in

Fate = Brief.Fate
STEP = 10
NEXT = F("version") + 1


def locked(report: Report) -> Report:
    """The report with its row held, so that nobody freezes it meanwhile; RuleBroken when it is no longer drafted."""
    held = Report.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=report.pk)
    if reason := rules.not_editable(held):
        raise RuleBroken(reason)
    return held


# Fates


def decide(report: Report, activities: Iterable[int], fate: str, reason: str = "") -> list[Brief]:
    """Give `activities` of the report that fate; an activity keeps the number it was first given."""
    wanted = list(activities)
    rows = {row.activity_id: row for row in report.briefs.filter(activity__in=wanted)}
    last = report.briefs.aggregate(last=Max("number"))["last"] or 0
    new = [
        Brief(report=report, activity_id=activity, number=last + place, fate=fate, reason=reason)
        for place, activity in enumerate((one for one in wanted if one not in rows), start=1)
    ]
    Brief.objects.bulk_create(new)
    report.briefs.filter(activity__in=rows).update(fate=fate, reason=reason)
    return list(report.briefs.filter(activity__in=wanted).select_related("activity"))


def adopted(report: Report) -> dict[int, int]:
    """The numbers of the adopted activities, by activity."""
    return dict(report.briefs.filter(fate=Fate.ADOPTED).values_list("activity", "number"))


def waiting(report: Report, facts: Facts) -> list[int]:
    """Activities of the report that nobody has adopted or left out yet, in their order."""
    decided = set(report.briefs.exclude(fate=Fate.WAITING).values_list("activity", flat=True))
    return [record.id for record in facts.records if record.id not in decided]


# Paragraphs


def write_draft(report: Report, facts: Facts) -> None:
    """Bring the report's paragraphs to what its facts propose.

    What somebody rewrote, removed or merged stays as it is; what nobody touched is renewed, or goes when nothing
    proposes it any more.
    """
    numbers = adopted(report)
    proposals = propose(facts, numbers, numbers)
    _write(report, proposals)
    proposed = [one.origin for one in proposals]
    stale = report.parts.filter(is_edited=False, is_removed=False).exclude(origin="").exclude(origin__in=proposed)
    stale.update(is_removed=True, version=NEXT)


def write_paragraphs_of(report: Report, facts: Facts, activities: Iterable[int]) -> None:
    """The proposed paragraph of each of `activities`, unless some paragraph rests on it already."""
    numbers = adopted(report)
    _write(report, [of_record(facts, facts.by_id[one], numbers[one]) for one in activities if one in facts.by_id])


def _write(report: Report, proposals: Sequence[Proposed]) -> None:
    parts = {part.origin: part for part in report.parts.exclude(origin="")}
    told = _told(report)
    for one in proposals:
        if part := parts.get(one.origin):
            _renew(part, one, is_told=bool(told.intersection(one.records)))
    append(report, [one for one in proposals if one.origin not in parts and not told.intersection(one.records)])


def _told(report: Report) -> set[int]:
    """Activities that some living paragraph rests on."""
    return set(_living_ties(report).values_list("activity", flat=True))


def _living_ties(report: Report | int) -> QuerySet:
    return Part.activities.through.objects.filter(part__report=report, part__is_removed=False)


def _renew(part: Part, proposed: Proposed, *, is_told: bool) -> None:
    """Renew an untouched paragraph; bring one back whose activity was adopted anew and stands nowhere else."""
    if part.is_removed and (is_told or not proposed.records):
        return
    text = part.text if part.is_edited else proposed.text
    if part.is_removed or part.text != text:
        Part.objects.filter(pk=part.pk).update(text=text, is_removed=False, version=NEXT)


def append(report: Report, proposals: Sequence[Proposed]) -> list[Part]:
    """Add paragraphs at the end, in the order given."""
    last = next_place(report) - STEP
    parts = [
        Part(
            report=report, section=one.section, area_id=one.area, pair_id=one.pair, text=one.text, origin=one.origin,
            order=last + STEP * place,
        )
        for place, one in enumerate(proposals, start=1)
    ]  # fmt: skip
    Part.objects.bulk_create(parts)
    ties = [
        Part.activities.through(part_id=part.pk, activity_id=record)
        for part, one in zip(parts, proposals, strict=True)
        for record in one.records
    ]
    Part.activities.through.objects.bulk_create(ties)
    return parts


def next_place(report: Report) -> int:
    """The place after the last paragraph."""
    return (report.parts.aggregate(last=Max("order"))["last"] or 0) + STEP


def neighbour_of(report: Report, part: Part, *, up: bool) -> Part | None:
    """The paragraph before (or after) `part` under the same heading."""
    beside = report.parts.filter(section=part.section, is_removed=False)
    if part.section == Part.Section.AREAS:
        beside = beside.filter(area=part.area_id)
    elif part.section == Part.Section.PAIRS:
        beside = beside.filter(pair=part.pair_id)
    before = beside.filter(order__lt=part.order).order_by("-order", "-pk")
    return (before if up else beside.filter(order__gt=part.order)).first()


def take_out(report: Report, activity: int) -> None:
    """Remove the untouched paragraph of one activity; RuleBroken when its words were already worked into the text."""
    for part in report.parts.filter(activities=activity, is_removed=False):
        if part.is_edited or part.activities.count() > 1:
            raise RuleBroken(f"这条动态已写进改写过的段落“{part}”，请先修改或移除该段。")
        Part.objects.filter(pk=part.pk).update(is_removed=True, version=NEXT)


def only_in(part: Part) -> list[Activity]:
    """The activities that no other living paragraph rests on."""
    elsewhere = _living_ties(part.report_id).exclude(part=part.pk)
    return list(part.activities.exclude(pk__in=elsewhere.values("activity")))


# Freezing


def freeze(report: Report) -> None:
    """Let text and figures stand still; every activity counted is entered, so that no other report counts it.

    RuleBroken naming what is unfinished.
    """
    whole = from_data(report.cluster, report.span, report, with_pending=False)
    assert whole.facts is not None  # noqa: S101  # made from data
    if fault := _unfinished(report, whole, whole.facts):
        raise RuleBroken(fault)
    late = [record.id for record in whole.facts.records if record.is_late]
    report.briefs.update(is_late=False)
    report.briefs.filter(activity__in=late).update(is_late=True)
    report.briefs.exclude(activity__in=whole.facts.by_id).delete()
    report.frozen = whole.document.to_json()
    report.figures, report.basis = whole.values.summary(), whole.values.basis()
    report.as_of = whole.facts.as_of
    report.sha256 = ""


def _unfinished(report: Report, whole: Compiled, facts: Facts) -> str:
    """What stands against freezing: undecided activities, numbers and paragraphs whose activities were sent back."""
    if undecided := waiting(report, facts):
        return f"还有{len(undecided)}条动态未处理，请采用，或者写明未采用原因。"
    for one in whole.passages:
        if unknown := [name for name in names_in(one.text) if whole.values.find(name) is None]:
            return f"段落“{one.part}”中的数字“{unknown[0]}”已没有依据，请修改该段。"
        if one.lost and one.part is not None and not one.part.is_edited:
            return f"段落“{one.part}”所写的动态已被退回，请点“拟整稿”更新，或移除该段。"
    return ""


def thaw(report: Report) -> None:
    """Let the report follow the data again."""
    report.frozen, report.figures, report.basis, report.as_of = "", [], {}, None
    report.checked_words = report.signed_words = ""
    report.checked_at = report.signed_at = None


def stamp(report: Report) -> None:
    """Put number and date on the frozen text, and seal it with its figures."""
    document = replace(Document.from_json(report.frozen), number=report.number, dated=report.issued_on)
    report.frozen = document.to_json()
    report.sha256 = seal(report)
    report.issued_at = clock.now()
