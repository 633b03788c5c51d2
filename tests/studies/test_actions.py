"""办理调研: written, recorded, put right; one entry with its brief; findings and the report."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.activities import actions as briefs
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.queries import brief_of_study
from tizhi.pipeline.directory.attending import Attendee
from tizhi.pipeline.needs.actions import need_from_finding
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.studies import actions, queries
from tizhi.pipeline.studies.models import Finding, Study
from tizhi.pipeline.studies.writing import Companion

from .building import finding, goes_along, member, study

pytestmark = pytest.mark.django_db

WRITERS = {"pair-office", "liaison", "office-head", "secretary", "project-group"}
TOLD = {
    "round": "first", "mode": "on-site", "first_day": date(2026, 11, 16), "last_day": date(2026, 11, 18),
    "place": "安徽省阜阳市", "methods": ["听课", "座谈"],
}  # fmt: skip


def _told(**given):
    make.bnu()
    team = [Companion(Attendee("周岚")), Companion(Attendee("某某", "教授"))]
    return {**TOLD, "school_id": make.unit("阜阳师范大学").pk, "team": team, **given}


def _draft(persona="liaison", **given):
    actor = make.actor(persona)
    return actions.start_study(actor, member(), **_told(**given))


# Who


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_a_study_is_written_by_those_who_enter_for_its_leading_unit_and_the_office_of_the_pair(persona):
    actor = make.actor(persona)
    assert actions.start_study.allowed(actor, member()) == (persona in WRITERS)
    draft, recorded = study(recorded_at=None), study()
    for act in (actions.save_study, actions.record_study, actions.put_study_into_bin, briefs.report_study):
        assert act.allowed(actor, draft) == (persona in WRITERS)
    assert actions.change_finding.allowed(actor, finding(recorded)) == (persona in WRITERS)


def test_the_pair_office_writes_in_a_study_that_the_lead_makes_of_its_school_and_the_cluster_office_for_the_lead():
    of_lead = study("北京师范大学")
    assert actions.save_study.allowed(make.actor("pair-office"), of_lead)
    assert actions.save_study.allowed(make.actor("secretariat"), of_lead)
    assert not actions.save_study.allowed(make.actor("liaison"), of_lead)
    assert actions.start_study.allowed(make.actor("secretariat"), member("北京师范大学"))
    assert not actions.start_study.allowed(make.actor("supported-school"), member("青海师范大学"))


READERS = {
    "pair-office", "liaison", "office-head", "vice-president", "secretary", "project-group", "secretariat",
    "department", "leading-group",
}  # fmt: skip


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_a_recorded_study_is_read_by_whom_it_concerns_a_draft_by_its_writers(persona):
    actor = make.actor(persona)
    recorded, draft = study(), study(recorded_at=None)
    seen = set(queries.visible_to(actor))
    assert (recorded in seen) == (persona in READERS)
    assert (draft in seen) == (persona in WRITERS)


def test_the_school_reads_a_study_once_it_is_recorded_and_an_expert_of_the_team_too():
    school = make.actor(make.person("李静", "阜阳师范大学", post="liaison").user)
    recorded, draft = study(), study(recorded_at=None)
    for one in (recorded, draft):
        goes_along(one, "expert")
    assert set(queries.visible_to(school)) == {recorded}
    assert set(queries.visible_to(make.actor("expert"))) == {recorded}
    assert not set(queries.findings_visible_to(school)) and finding(recorded) in queries.findings_visible_to(school)


# Writing


def test_names_stand_in_their_posts_of_that_day_and_experts_are_marked():
    make.persona("office-head")
    expert = make.appointment("expert")
    made = _draft(team=[
        Companion(Attendee("周岚")), Companion(Attendee("某某", "教授")),
        Companion(Attendee(appointment_id=expert.pk)), Companion(Attendee(appointment_id=expert.pk), is_expert=True),
    ])  # fmt: skip
    head, other, asked = made.team.all()
    assert head.person.name == "周岚" and head.post_words.startswith("安徽师范大学")
    assert (other.person, str(other)) == (None, "某某 教授")
    assert asked.person == expert.person and asked.is_expert


def test_a_draft_may_be_unfinished_but_is_recorded_only_when_nothing_is_missing():
    make.persona("liaison")
    made = actions.start_study(make.actor("liaison"), member(), school_id=make.unit("阜阳师范大学").pk, round="first")
    assert made.is_draft and not made.title
    with pytest.raises(RuleBroken) as fault:
        actions.record_study(make.actor("liaison"), made)
    assert set(fault.value.fields) == {"first_day", "place", "members"}
    recorded = actions.record_study(make.actor("liaison"), made, **_told())
    assert recorded.recorded_at and recorded.title == "安徽师范大学赴阜阳师范大学第一轮调研"


def test_it_is_not_recorded_before_it_is_over():
    with pytest.raises(RuleBroken, match="还没有结束"):
        actions.record_study(make.actor("liaison"), _draft(), last_day=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"school_id": 0}, "school"), ({"round": "third"}, "round"), ({"mode": "by-car"}, "mode"),
        ({"methods": ["占卜"]}, "methods"), ({"last_day": date(2026, 11, 1)}, "last_day"),
        ({"first_day": date(206, 11, 1), "last_day": date(206, 11, 1)}, "first_day"),
        ({"first_day": date(2026, 1, 1)}, "last_day"), ({"title": "调" * 121}, "title"),
        ({"summary": "情" * 8001}, "summary"), ({"team": [Companion(Attendee("  "))]}, "members"),
        ({"team": [Companion(Attendee(appointment_id=987654))]}, "members"),
        ({"team": [Companion(Attendee(f"甲{n}")) for n in range(61)]}, "members"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_even_in_a_draft(given, field):
    with pytest.raises(RuleBroken) as fault:
        _draft(**given)
    assert field in fault.value.fields and not Study.objects.exists()


def test_a_partner_does_not_study_a_partner_and_a_school_leads_no_study():
    with pytest.raises(RuleBroken, match="受调研院校"):
        _draft(school_id=make.unit("西北师范大学").pk)
    with pytest.raises(Denied):
        actions.start_study(make.actor("supported-school"), member("青海师范大学"), **_told())


def test_what_is_recorded_is_put_right_but_stays_complete():
    recorded, actor = study(), make.actor("liaison")
    actions.save_study(actor, recorded, place="阜阳市颍州区", title="")
    recorded.refresh_from_db()
    assert recorded.place == "阜阳市颍州区" and recorded.title
    with pytest.raises(RuleBroken, match="地点"):
        actions.save_study(actor, recorded, place="")
    with pytest.raises(RuleBroken, match="不能移入"):
        actions.put_study_into_bin(actor, recorded)
    assert [entry.label for entry in queries.history(recorded)] == ["编辑调研"]


def test_the_bin_keeps_a_draft_for_its_writers():
    draft, actor = study(recorded_at=None), make.actor("liaison")
    actions.put_study_into_bin(actor, draft)
    draft.refresh_from_db()
    with pytest.raises(RuleBroken, match="先恢复"):
        actions.save_study(actor, draft, place="别处")
    actions.restore_study(actor, draft)
    draft.refresh_from_db()
    assert draft.binned_at is None


def test_two_who_write_at_once_do_not_overwrite_each_other():
    draft = study(recorded_at=None)
    actions.save_study(make.actor("liaison"), draft, version=draft.version, place="阜阳")
    with pytest.raises(Stale):
        actions.save_study(make.actor("pair-office"), draft, version=1, place="合肥")


# What a plan's step rests on


def test_a_step_finds_the_recorded_studies_of_a_school_and_whether_an_expert_went():
    first, second = study(), study("北京师范大学", round="second", expert=True)
    study(recorded_at=None), study("北京师范大学", "青海师范大学")
    found = {one: one.has_expert for one in queries.recorded(make.bnu(), make.unit("阜阳师范大学"))}
    assert found == {first: False, second: True}


# Findings and the report


def test_findings_are_added_put_right_and_removed_unless_something_rests_on_them():
    recorded, actor = study(), make.actor("liaison")
    area = Area.objects.filter(cluster=recorded.cluster).first()
    one = actions.add_finding(actor, recorded, kind="gap", area_id=area.pk, text="导师不足。", evidence="座谈")
    two = actions.add_finding(actor, recorded, kind="advice", area_id=None, text="建立联合导师组。", evidence="")
    assert [each.order for each in recorded.findings.all()] == [0, 1]
    actions.change_finding(actor, two, text="建立联合导师组，每年选聘。")
    need_from_finding(make.actor("pair-office"), one)
    with pytest.raises(RuleBroken, match="不能删除"):
        actions.remove_finding(actor, one)
    actions.remove_finding(actor, two)
    assert list(Finding.objects.all()) == [one]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "  "}, "text"), ({"text": "字" * 2001}, "text"), ({"kind": "rumour"}, "kind"),
        ({"area_id": 987654}, "area"), ({"evidence": "字" * 501}, "evidence"),
    ],
)  # fmt: skip
def test_a_finding_without_words_or_of_no_area_is_refused(given, field):
    with pytest.raises(RuleBroken) as fault:
        actions.add_finding(make.actor("liaison"), study(), **{"kind": "gap", "text": "导师不足。", **given})
    assert field in fault.value.fields


def test_the_report_is_a_paper_and_a_better_one_replaces_it(settings, tmp_path):
    recorded, actor = study(), make.actor("liaison")
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
    actions.attach_report(actor, recorded, file=SimpleUploadedFile("第一轮调研报告.pdf", pdf))
    recorded.refresh_from_db()
    assert recorded.report.name == "第一轮调研报告.pdf"
    with pytest.raises(RuleBroken) as fault:
        actions.attach_report(actor, recorded, file=SimpleUploadedFile("病毒.exe", b"MZ..."))
    assert "file" in fault.value.fields


# One entry with the brief


def test_recording_a_study_drafts_its_brief_in_the_same_step():
    make.persona("vice-president")
    draft = _draft(team=[Companion(Attendee("高远"))], summary="走访三个学院。")
    recorded = briefs.report_study(make.actor("liaison"), draft)
    brief = brief_of_study(make.actor("liaison"), recorded.pk)
    assert (brief.state, brief.kind, brief.stage) == ("draft", "field-study", "first")
    assert (brief.title, brief.first_day, brief.place, brief.text) == (
        recorded.title, date(2026, 11, 16), "安徽省阜阳市", "走访三个学院。",
    )  # fmt: skip
    assert [(one.unit.name, one.part) for one in brief.units.all()] == [
        ("安徽师范大学", "visitor"), ("阜阳师范大学", "host"),
    ]  # fmt: skip
    assert [one.name for one in brief.leaders.all()] == ["高远"]
    assert Study.objects.count() == 1


def test_whoever_leaves_the_box_unticked_records_the_study_alone():
    briefs.report_study(make.actor("liaison"), _draft(), with_brief=False)
    assert Study.objects.get().recorded_at and not Activity.objects.exists()


def test_nothing_is_drafted_when_the_study_cannot_be_recorded():
    with pytest.raises(RuleBroken):
        briefs.report_study(make.actor("liaison"), _draft(), place="")
    assert not Activity.objects.exists() and Study.objects.get().is_draft


def _brief(**given):
    columns = {
        "kind": "field-study", "stage": "implementation", "details": {"team": 3}, "title": "校领导实地调研阜阳师范大学",
        "units": (("安徽师范大学", "visitor"), ("阜阳师范大学", "host")),
    }  # fmt: skip
    return make.activity(**{**columns, **given})


def test_a_brief_of_a_study_records_the_study_when_it_is_sent():
    make.persona("vice-president")
    brief, actor = _brief(), make.actor("liaison")
    briefs.save_draft(actor, brief, leaders=[Attendee("高远")])
    briefs.send(actor, brief)
    brief.refresh_from_db()
    made = brief.study
    assert (made.unit.name, made.school.name, made.round) == ("安徽师范大学", "阜阳师范大学", "implementation")
    assert (made.title, made.first_day, made.place) == (brief.title, brief.first_day, brief.place)
    assert made.recorded_at and [one.name for one in made.team.all()] == ["高远"]


def test_only_those_who_came_to_the_school_are_the_team():
    host = make.person("李校长", "阜阳师范大学", post="president")
    make.persona("vice-president")
    brief, actor = _brief(), make.actor("liaison")
    briefs.save_draft(actor, brief, leaders=[Attendee("高远"), Attendee(host.name)])
    briefs.send(actor, brief)
    assert [one.name for one in Study.objects.get().team.all()] == ["高远"]


def test_a_brief_that_names_nobody_records_the_study_and_its_writer_is_asked_for_the_rest():
    briefs.send(make.actor("liaison"), _brief())
    made = Study.objects.get()
    assert made.recorded_at and not made.team.exists()
    assert [one.verb for one in queries.waiting_for(make.actor("liaison"))] == ["补充发现和报告"]


def test_a_brief_finds_the_study_that_lies_there_already_and_is_not_entered_twice():
    there = study(round="implementation")
    brief = _brief()
    briefs.send(make.actor("liaison"), brief)
    brief.refresh_from_db()
    assert brief.study == there and Study.objects.count() == 1
    briefs.withdraw(make.actor("liaison"), brief)
    briefs.send(make.actor("liaison"), brief)
    assert Study.objects.count() == 1


def test_a_brief_that_was_withdrawn_and_changed_puts_its_study_right():
    brief, actor = _brief(), make.actor("liaison")
    briefs.send(actor, brief)
    made = Study.objects.get()
    actions.save_study(actor, made, summary="走访三个学院。", mode="both", team=[Companion(Attendee("周岚"))])
    briefs.withdraw(actor, brief)
    briefs.save_draft(actor, brief, place="阜阳市颍州区")
    briefs.send(actor, brief, first_day=date(2026, 11, 9), last_day=date(2026, 11, 10))
    made.refresh_from_db()
    assert (made.place, made.first_day, made.last_day) == ("阜阳市颍州区", date(2026, 11, 9), date(2026, 11, 10))
    assert (made.summary, made.mode) == ("走访三个学院。", "both"), "what was not changed in the brief stays"
    assert Study.objects.count() == 1


def test_of_several_schools_the_writer_says_which_was_studied():
    units = (("安徽师范大学", "visitor"), ("阜阳师范大学", "host"), ("青海师范大学", "attending"))
    brief, actor = _brief(units=units), make.actor("liaison")
    with pytest.raises(RuleBroken) as fault:
        briefs.send(actor, brief)
    assert "studied" in fault.value.fields
    with pytest.raises(RuleBroken):
        briefs.send(actor, brief, studied=make.unit("西北师范大学").pk)
    briefs.send(actor, brief, studied=make.unit("青海师范大学").pk)
    assert Study.objects.get().school.name == "青海师范大学"


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "training", "stage": "", "details": {"trainees": 40, "hours": 24}},
        {"stage": "other"},
        {"units": (("安徽师范大学", "visitor"), ("西北师范大学", "host"))},
    ],
)
def test_other_briefs_record_no_study(given):
    briefs.send(make.actor("liaison"), _brief(**given))
    assert not Study.objects.exists()


def test_a_brief_of_the_school_itself_records_no_study_of_its_own():
    actor = make.actor(make.person("李静", "阜阳师范大学", post="liaison").user)
    briefs.send(actor, _brief(unit="阜阳师范大学"))
    assert not Study.objects.exists()


# What waits for whom


def test_the_writer_is_asked_for_findings_and_report_for_a_while():
    recorded = study()
    writer = make.actor(recorded.writer.user)
    assert [(one.verb, one.url_args) for one in queries.waiting_for(writer)] == [("补充发现和报告", (recorded.pk,))]
    with clock.at(date(2027, 2, 1)):
        assert not queries.waiting_for(writer)
    assert not queries.waiting_for(make.actor("department"))


def test_what_waits_costs_one_query_and_none_for_whom_it_cannot_concern(django_assert_num_queries):
    writer, department = make.actor(study().writer.user), make.actor("department")
    for _ in range(5):
        study()
    queries.waiting_for(writer)
    with django_assert_num_queries(1 + 2):
        # Beside its own, the members and roles that every request knows already.
        queries.waiting_for(writer)
    with django_assert_num_queries(1):
        queries.waiting_for(department)
