"""世界: one small cluster with something in every state, for the table of doors."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import make
from tests.agenda.planned import plan
from tests.consultations.things import things as consultations
from tests.experts.things import things as experts
from tests.needs.things import things as needs
from tests.obligations.build import VISIT, line_of
from tests.plans.things import things as plans_of_schools
from tests.reports.quarter import signer
from tests.results.things import things as chains
from tests.reviews.things import things as reviews
from tests.studies.things import things as studies
from tests.surveys.things import things as surveys
from tizhi.base.audit.models import Countersign
from tizhi.base.kit import clock
from tizhi.base.kit.periods import parse
from tizhi.base.notices.telling import Message, Recipient, tell
from tizhi.pipeline.activities import actions as activities
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.shots import Shot
from tizhi.pipeline.agenda import actions as agenda
from tizhi.pipeline.calendar.models import DayMark
from tizhi.pipeline.commitments import actions as commitments
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings.models import UnitInput, Waiver
from tizhi.pipeline.reports import actions as reports
from tizhi.pipeline.reports.models import Brief, Part, Report
from tizhi.pipeline.scheme.models import Body, Member, Seat, Unit

World = dict[str, object]


def build() -> World:
    """Everybody and everything the doors lead to, by the names used in the table."""
    cluster = make.bnu()
    for name in make.ALL_PERSONAS:
        make.persona(name)
    unit = Unit.objects.get(name="安徽师范大学")
    world: World = {
        "unit": unit.pk,
        "stranger-unit": Unit.objects.get(name="内蒙古师范大学").pk,
        "person": Person.objects.get(name="孙涛").pk,
        "user": make.persona("liaison").pk,
        "term": Appointment.objects.get(person__name="孙涛").pk,
        "seat": Seat.objects.get(body__declared="expert-committee", post="主任委员").pk,
        "group": Body.objects.get(declared="project-group", unit=unit).pk,
        "office": Body.objects.get(declared="pair-office", unit=unit).pk,
        "key": cluster.key,
        "mark": DayMark.objects.create(day=date(2027, 2, 8), is_workday=False, name="春节").pk,
    }
    world |= _briefs()
    world |= _files()
    world |= _reports(cluster)
    world |= _plans()
    _input(cluster, unit)
    world |= _notice(cluster)
    world |= _commitments()
    world |= _ledger()
    world |= consultations()
    world |= chains()
    world |= experts()
    world |= surveys()
    world |= plans_of_schools()
    world |= reviews()
    world |= studies()
    world |= needs()
    return world


def _ledger() -> World:
    """A duty that is open, one that somebody was excused from, and the leader who owes the first."""
    line, excused = line_of(VISIT), line_of(VISIT, "西北师范大学")
    waiver = Waiver(cluster=make.bnu(), unit_id=excused.who.unit_id, instance=excused.key, about=excused.rule.name)
    filings.waive(make.actor("secretariat"), waiver, note="学校合并")
    leader = make.appointment("vice-president")
    return {"rule": VISIT, "column": line.column, "line": line.key, "waiver": waiver.pk, "leader": leader.pk}


def _commitments() -> World:
    """One that a department still has to keep, and one it has kept."""
    leader, member = make.actor("department"), Member.objects.get(unit__name="安徽省教育厅")
    columns = {"kind": "policy", "title": "职称评审单列计划", "promised_on": date(2026, 3, 1), "due": date(2026, 12, 1)}
    promised, kept = (commitments.promise(leader, member, **columns) for _ in range(2))
    commitments.fulfil(leader, kept, on=date(2026, 9, 1), text="文件已印发")
    return {"department-unit": member.unit_id, "commitment": promised.pk, "kept": kept.pk}


def _notice(cluster) -> World:  # type: ignore[no-untyped-def]
    """The liaison was told, and the mail could not go."""
    sun = Person.objects.get(name="孙涛")
    reminder = Message(
        "world:1:", "reminder", "确认联系人名单，还有9天", "请核对后确认。", "directory:list", (), cluster.pk
    )
    (notice,) = tell([(reminder, Recipient(sun.pk, sun.name, sun.user_id, "st@ahnu.example", "联络员"))])
    return {"notice": notice.pk, "delivery": notice.deliveries.get(channel="mail").pk}


def _briefs() -> World:
    states = ("draft", "approving", "submitted", "returned", "accepted", "published")
    made: World = {state: make.activity(state=state).pk for state in states}
    made["binned"] = make.activity(state="draft", binned_at=clock.now()).pk
    proxied = make.activity(state="approving")
    activities.approve(make.actor("secretary"), proxied)
    made["proxy"] = Countersign.objects.get().pk
    return made


def _files() -> World:
    """A photo on a published brief, one on a draft."""
    liaison = make.actor("liaison")
    member = Member.objects.get(unit__name="安徽师范大学")
    found: World = {}
    for name, state in (("photo", "draft"), ("published-photo", "published")):
        upload = SimpleUploadedFile("现场.jpg", _picture(), "image/jpeg")
        stored = activities.upload(liaison, member, file=upload, kind="photo")
        activity = make.activity(state="draft")
        activities.save_draft(liaison, activity, photos=[Shot(stored.pk)])
        Activity.objects.filter(pk=activity.pk).update(state=state)
        found[name] = stored.pk
    return found


def _picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 140, 120)).save(kept, "JPEG")
    return kept.getvalue()


def _reports(cluster) -> World:  # type: ignore[no-untyped-def]
    """The third quarter issued, the fourth being written."""
    office, leader = make.actor("secretariat"), signer()
    with clock.at(date(2026, 10, 12)):
        issued = reports.open_report(office, cluster, period=parse("2026Q3"))
        reports.compose_draft(office, issued)
        reports.submit_for_check(office, issued)
        reports.check(office, issued)
        reports.sign(leader, issued)
        reports.issue(office, issued, number="京师强师办〔2026〕6号", issued_on=date(2026, 10, 14))
    report = reports.open_report(office, cluster, period=parse("2026Q4"))
    reports.compose_draft(office, report)
    parts = Part.objects.filter(report=report, is_removed=False)
    removed = reports.add_part(office, report, section="overview", text="将移除的一段。")
    reports.remove_part(office, removed)
    adopted = Brief.objects.filter(report=report).values_list("activity", flat=True)[0]
    signing = Report.objects.get(pk=issued.pk)
    return {
        "issued": signing.pk, "report": report.pk, "part": parts.first().pk, "removed": removed.pk, "adopted": adopted,
    }  # fmt: skip


def _plans() -> World:
    """One that lies ahead, one whose day has passed, one with its draft, and the liaison's calendar."""
    liaison = make.actor("liaison")
    past = {"first_day": date(2026, 11, 16), "last_day": date(2026, 11, 17)}
    ahead, passed, drafted = plan(), plan(**past), plan(**past)
    agenda.make_brief(liaison, drafted)
    agenda.open_feed(liaison, Person.objects.get(name="孙涛"), secret="secret")
    return {"planned": ahead.pk, "passed": passed.pk, "drafted": drafted.pk}


def _input(cluster, unit) -> None:  # type: ignore[no-untyped-def]
    UnitInput.objects.create(
        cluster=cluster, unit=unit, period="2026Q4", highlights="亮点", next_steps="安排",
        writer=Person.objects.get(name="孙涛"),
    )  # fmt: skip


def president():  # type: ignore[no-untyped-def]
    """The account of the lead's president, who signs reports."""
    signer()
    return Person.objects.get(name="郑航").user
