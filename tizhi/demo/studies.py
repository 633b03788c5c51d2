"""示例调研与需求: what each school states, eight studies with what they found, and what came of the findings."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from tizhi.base.documents.document import Block, Document, Heading, paragraph
from tizhi.base.documents.word import write_word
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities import actions as activities
from tizhi.pipeline.activities.queries import briefs_of_study
from tizhi.pipeline.directory.attending import Attendee
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.needs import actions as needs
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.studies import actions as studies
from tizhi.pipeline.studies.models import Finding, Study
from tizhi.pipeline.studies.writing import Companion

from .people import Cast
from .planning import PLACE
from .timeline import Course, on

TOLD: dict[str, Any] = tomllib.loads((Path(__file__).parent / "studies.toml").read_text("utf-8"))


@dataclass
class Studies:
    """The schools' liaisons and the pair offices at work on needs and studies."""

    cast: Cast
    today: date
    areas: dict[str, Area] = field(default_factory=dict)

    def courses(self) -> Iterator[Course]:
        """What every school states, then the studies; units that are not in the cluster are left out."""
        self.areas = {area.key: area for area in Area.objects.filter(cluster=self.cast.cluster)}
        for school in TOLD["school"]:
            if school["key"] in self.cast.members:
                yield self._stated(school)
        for told in TOLD["study"]:
            if {told["by"], told["to"]} <= self.cast.members.keys():
                yield self._studied(told)

    # What a school states

    def _stated(self, told: dict[str, Any]) -> Course:
        actor, member, day = self._school(told["key"]), self.cast.members[told["key"]], self._day(told["ago"])
        yield on(day, 9), lambda: self._traits(actor, member, told)
        for place, (area, title, text, priority) in enumerate(told["needs"]):
            given = {"title": title, "text": text, "priority": priority, "area_id": self.areas[area].pk}
            yield on(day, 10, 5 * place), partial(needs.state_need, actor, member, **given)
        if told["key"] == "fynu":
            yield on(self._day(40), 15), lambda: self._met(actor, member.unit_id)
        if told["key"] == "abtu":
            yield on(self._day(150), 15), lambda: self._withdrawn(actor, member.unit_id)

    def _traits(self, actor: Actor, member: Any, told: dict[str, Any]) -> None:
        for area, text, evidence in told["strengths"]:
            self._trait(actor, member, "strength", area, text, evidence, 2)
        for area, text, evidence, priority in told["gaps"]:
            self._trait(actor, member, "gap", area, text, evidence, priority)

    def _trait(self, actor: Actor, member: Any, kind: str, area: str, text: str, evidence: str, priority: int) -> None:
        needs.state_trait(
            actor, member, kind=kind, area_id=self.areas[area].pk, text=text, evidence=evidence, priority=priority
        )

    def _met(self, actor: Actor, unit: int) -> None:
        """The first need was met this autumn."""
        need = Need.objects.get(unit=unit, number=1)
        needs.meet_need(actor, need, note="两校互聘导师14名，校内新增9名，课程与教学论方向已有导师6名")

    def _withdrawn(self, actor: Actor, unit: int) -> None:
        """The last one the school stated is dealt with elsewhere."""
        need = Need.objects.filter(unit=unit, proposer=None).order_by("-number")[0]
        needs.withdraw_need(actor, need, note="纳入学校自行组织的管理干部培训，不再列为组团需求")

    # A study

    def _studied(self, told: dict[str, Any]) -> Course:
        office = self.cast.actor(f"{told['by']}-pair-office", "主任")
        last = self._day(told["ago"])
        study: Study = yield on(last + timedelta(days=1), 9), lambda: self._begun(office, told, last)
        recorded = yield (
            on(last + timedelta(days=1), 16),
            lambda: activities.report_study(office, study, with_brief="brief" in told),
        )
        yield on(last + timedelta(days=2), 10), lambda: self._found(office, recorded, told)
        if "brief" in told:
            yield from self._reported(told, recorded, last)
        if told["report"]:
            yield on(last + timedelta(days=3), 9), lambda: self._papers(office, recorded)
        proposed: list[Need] = []
        for place, one in enumerate(told["finding"]):
            at = on(last + timedelta(days=5), 10, place)
            if "need" in one:
                proposed.append((yield at, self._proposing(office, recorded, one, place)))
            elif "refines" in one:
                yield at, self._refining(office, recorded, one, place)
        if told["ago"] > 90:
            # What was proposed lately still waits for the school.
            school = self._school(told["to"])
            for need in proposed:
                yield on(last + timedelta(days=9), 10), partial(needs.confirm_need, school, need)

    def _begun(self, office: Actor, told: dict[str, Any], last: date) -> Study:
        return studies.start_study(
            office, self.cast.members[told["by"]], school_id=self.cast.members[told["to"]].unit_id,
            round=told["round"], first_day=last - timedelta(days=told["days"] - 1), last_day=last,
            place=PLACE[told["to"]], purpose=told["purpose"], methods=told["methods"], summary=told["summary"],
            team=self._team(office, told),
        )  # fmt: skip

    def _team(self, office: Actor, told: dict[str, Any]) -> list[Companion]:
        posts = [self.cast.posts[told["by"], post] for post in told["team"] if (told["by"], post) in self.cast.posts]
        went = [office.appointment_id, *(post.pk for post in posts)]
        seats = Appointment.objects.filter(cluster=self.cast.cluster, seat__body__declared="expert-committee")
        experts = [one for one in seats.order_by("pk").select_related("person") if "expert" in one.powers]
        away = [one.pk for one in experts if one.person.unit_id != self.cast.members[told["to"]].unit_id]
        team = [Companion(Attendee(appointment_id=pk)) for pk in went]
        chosen = away[told["ago"] % 3 :][: told.get("experts", 0)]
        return team + [Companion(Attendee(appointment_id=pk), is_expert=True) for pk in chosen]

    def _found(self, office: Actor, study: Study, told: dict[str, Any]) -> None:
        for one in told["finding"]:
            area = self.areas[one["area"]].pk if one["area"] else None
            given = {name: one[name] for name in ("kind", "text", "evidence")}
            studies.add_finding(office, study, area_id=area, **given)

    def _papers(self, office: Actor, study: Study) -> Study:
        """The report: what was found, in the form of a document."""
        findings = Finding.objects.filter(study=study).order_by("order")
        blocks: list[Block] = [Heading("总体情况"), paragraph(study.summary), Heading("主要发现")]
        blocks += [paragraph(f"{one.get_kind_display()}：{one.text}") for one in findings]
        title = f"{study.get_round_display()}报告"
        content = write_word(Document(title=(str(study), "报告"), blocks=(*blocks, paragraph("（示例报告）"))))
        return studies.attach_report(office, study, file=ContentFile(content, name=f"{title}.docx"))

    def _proposing(self, office: Actor, study: Study, one: dict[str, Any], place: int) -> Callable[[], Need]:
        def propose() -> Need:
            finding = Finding.objects.get(study=study, order=place)
            made: Need = needs.need_from_finding(office, finding, title=one["need"], priority=2)
            return made

        return propose

    def _refining(self, office: Actor, study: Study, one: dict[str, Any], place: int) -> Callable[[], None]:
        def refine() -> None:
            need = Need.objects.get(unit=study.school_id, number=one["refines"])
            finding = Finding.objects.get(study=study, order=place)
            text = f"{need.text}调研核实：{one['text']}"
            needs.refine_need(office, need, finding=finding, text=text, evidence=one["evidence"], note="据调研细化")

        return refine

    def _reported(self, told: dict[str, Any], study: Study, last: date) -> Course:
        """The brief that was drafted with the study goes its way."""
        brief = briefs_of_study(study.pk).get()
        liaison, head = self.cast.actor(told["by"], "liaison"), self.cast.actor(told["by"], "office-head")
        text = f"{study.summary}双方商定了下一步任务清单。"
        area = self.areas["management"].pk
        sent = yield (
            on(last + timedelta(days=2), 15), lambda: activities.send(liaison, brief, text=text, area_id=area)
        )  # fmt: skip
        signed = yield on(last + timedelta(days=2), 17), lambda: activities.approve(head, sent)
        office = self.cast.actor("cluster-office", "主任")
        yield on(last + timedelta(days=4), 10), lambda: activities.accept_and_publish(office, signed)

    def _school(self, key: str) -> Actor:
        return self.cast.actor(key, "liaison")

    def _day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)
