"""服务证明: what an expert did in a year, from all stages, as a neutral document: facts, and nothing not concluded.

Reviews whose conclusion is drawn stand with the plan's name, others are only counted. A consultation stands
with its area: what ails a school is nobody else's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from tizhi.base.documents.document import Block, Column, Document, Table, Text, paragraph, row
from tizhi.base.kit import clock, words
from tizhi.pipeline.consultations.models import Consultant
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.experts.queries import held_as_expert
from tizhi.pipeline.reviews.models import Assignment
from tizhi.pipeline.reviews.secrecy import conflicted_reviews
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.studies.models import StudyMember

COLUMNS = (Column("日期", "date", 9), Column("工作", width=6), Column("内容", width=20))


@dataclass(frozen=True)
class Deed:
    """One thing done: when, of which kind, what."""

    on: date
    kind: str
    words: str


@dataclass(frozen=True)
class Service:
    """What somebody did as an expert in a year; `unnamed` are reviews handed in whose plans are not named.

    Their conclusion is still to come, or he has since come to belong to the school or its partner.
    """

    person: Person
    year: int
    seats: Sequence[Appointment]
    deeds: Sequence[Deed]
    unnamed: int

    def counted(self, kind: str) -> int:
        """How often a kind of work was done."""
        return sum(one.kind == kind for one in self.deeds)


REVIEW, ADVICE, STUDY = "计划审核", "问诊会诊", "实地调研"


def service_of(cluster: Cluster, person: Person, year: int) -> Service:
    """The deeds of a year in the order of their days; a constant number of queries."""
    reviews = list(_reviews(cluster.pk, person.pk, year))
    hidden = (
        set(conflicted_reviews(cluster.pk, person.pk).order_by().values_list("pk", flat=True)) if reviews else set()
    )
    seen = [one for one in reviews if one.review.concluded_at and one.review_id not in hidden]
    deeds = [
        *(Deed(_day(one.submitted_at), REVIEW, _review_words(one)) for one in seen),
        *_consultations(cluster.pk, person.pk, year),
        *_studies(cluster.pk, person.pk, year),
    ]
    first, last = date(year, 1, 1), date(year, 12, 31)
    seats = [one for one in held_as_expert(cluster.pk, person.pk) if _meets(one, first, last)]
    deeds.sort(key=lambda one: (one.on, one.kind))
    return Service(person, year, seats[::-1], deeds, len(reviews) - len(seen))


def certificate_of(
    cluster: Cluster, person: Person, year: int, *, number: str = "", issued_on: date | None = None, purpose: str = ""
) -> Document:
    """The certificate; without a number and a day it is the preview."""
    service = service_of(cluster, person, year)
    issuer = issuer_of(cluster)
    return Document(
        title=("服务证明",),
        kind="服务证明",
        issuer=issuer,
        number=number,
        blocks=tuple(_blocks(cluster, service, issued_on or clock.today(), purpose)),
        signature=issuer,
        dated=issued_on,
    )


def issuer_of(cluster: Cluster) -> str:
    """The office that runs the cluster's work, as its reports are signed."""
    scheme = schemes.in_force(cluster, clock.today())
    return cluster.name + (scheme.body(scheme.conference.secretariat).name if scheme.conference else "")


def _blocks(cluster: Cluster, service: Service, on: date, purpose: str) -> list[Block]:
    person, year = service.person, service.year
    unit = schemes.name_on(person.unit, on)
    posts = "；".join(f"{_term(one)}任{one.place}{one.post_name}" for one in service.seats)
    blocks: list[Block] = [
        paragraph(
            "兹证明",
            Text(person.name, bold=True),
            f"同志（{unit}）{posts}，参加{cluster.programme}{cluster}的专家工作。",
        )
    ]
    until = "" if on > date(year, 12, 31) else f"（截至{words.day(on)}）"
    if not service.deeds:
        blocks.append(paragraph(f"{year}年度{until}没有已完成的计划审核、问诊会诊和实地调研。"))
    else:
        blocks.append(paragraph(f"{year}年度{until}，该同志{_sums(service)}，具体如下："))
        lines = tuple(row(words.day(one.on), one.kind, one.words) for one in service.deeds)
        blocks.append(Table(f"{year}年度承担工作情况", COLUMNS, lines))
    if service.unnamed:
        blocks.append(paragraph(f"另提交审核意见{service.unnamed}份，所审计划按审核纪律不列名称。"))
    blocks.append(paragraph(f"特此证明{f'，供{purpose}使用' if purpose else ''}。"))
    return blocks


def _sums(service: Service) -> str:
    said = {REVIEW: "审核提质计划{}次", ADVICE: "参加问诊会诊{}次", STUDY: "以专家身份参加实地调研{}次"}
    counted = [(words_, service.counted(kind)) for kind, words_ in said.items()]
    return "，".join(words_.format(count) for words_, count in counted if count)


def _term(held: Appointment) -> str:
    if held.begins is None:
        return ""
    return words.span(held.begins, held.ends) if held.ends else f"自{words.day(held.begins)}起"


def _meets(held: Appointment, first: date, last: date) -> bool:
    return (held.begins or date.min) <= last and (held.ends or date.max) >= first


def _day(at: datetime | None) -> date:
    assert at is not None  # noqa: S101 – asked for by its year
    return timezone.localtime(at).date()


def _reviews(cluster: int, person: int, year: int) -> Sequence[Assignment]:
    found = Assignment.objects.filter(
        review__cluster=cluster, person=person, state=Assignment.State.SUBMITTED, submitted_at__year=year
    )
    return list(found.select_related("review__plan__unit").order_by("submitted_at"))


def _review_words(one: Assignment) -> str:
    reading = f"（第{words.numeral(one.review.reading)}次审读）" if one.review.reading > 1 else ""
    return f"审核《{one.review.plan}》{reading}"


def _consultations(cluster: int, person: int, year: int) -> list[Deed]:
    found = Consultant.objects.filter(
        consultation__cluster=cluster, person=person, advised_at__year=year, consultation__answered_at__isnull=False
    )
    told = found.select_related("consultation__area")
    return [Deed(_day(one.advised_at), ADVICE, _advice_words(one)) for one in told]


def _advice_words(one: Consultant) -> str:
    area = one.consultation.area
    return f"就{area.name if area else '院校提出的'}问题提出会诊意见"


def _studies(cluster: int, person: int, year: int) -> list[Deed]:
    found = StudyMember.objects.filter(
        study__cluster=cluster, person=person, is_expert=True, study__recorded_at__isnull=False,
        study__binned_at=None, study__last_day__year=year,
    )  # fmt: skip
    return [
        Deed(one.study.last_day, STUDY, f"{one.study.school}{one.study.get_round_display()}")
        for one in found.select_related("study__school")
        if one.study.last_day
    ]
