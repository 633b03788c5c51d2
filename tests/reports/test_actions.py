"""What may be done to a report, by whom, in which state; a tray in which nothing is lost and every unit hears."""

from datetime import date

import pytest

from tests import make
from tests.reports.quarter import Q3, brief, drafted, issued, office, opened, quarter, signer
from tizhi.base.audit.models import Countersign, Entry
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.filings.models import UnitInput
from tizhi.pipeline.reports import actions, queries
from tizhi.pipeline.reports.models import Brief, Part, Report
from tizhi.pipeline.scheme.models import Area, Pair

pytestmark = pytest.mark.django_db

STATES = ("drafting", "checking", "signing", "signed", "issued")
# drafting, checking, signing, signed, issued
OPEN_IN = {
    "compose_draft": ("office", "10000"),
    "adopt_all": ("office", "10000"),
    "submit_for_check": ("office", "10000"),
    "send_back": ("office", "01110"),
    "check": ("office", "01000"),
    "sign": ("signer", "00100"),
    "refuse": ("signer", "00100"),
    "issue": ("office", "00010"),
}
GIVEN = {
    "send_back": {"note": "请核对数字"},
    "refuse": {"note": "请补充困难"},
    "issue": {"number": "师教组〔2026〕3号", "issued_on": date(2026, 10, 20)},
}
WHO = {"office": office, "signer": signer}


def in_state(state: str) -> Report:
    """A report of two activities brought to `state` the way the office does."""
    quarter(2)
    report = drafted()
    for step in ("submit_for_check", "check", "sign", "issue")[: STATES.index(state)]:
        report = getattr(actions, step)(WHO[OPEN_IN[step][0]](), report, **GIVEN.get(step, {}))
    return report


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", OPEN_IN)
def test_each_act_is_open_in_its_states_only(name, state):
    who, table = OPEN_IN[name]
    report, act = in_state(state), getattr(actions, name)
    if table[STATES.index(state)] == "1":
        act(WHO[who](), report, **GIVEN.get(name, {}))
    else:
        with pytest.raises(RuleBroken) as fault:
            act(WHO[who](), report, **GIVEN.get(name, {}))
        assert report.get_state_display() in fault.value.message
        report.refresh_from_db()
        assert report.state == state


@pytest.mark.parametrize("persona", [*make.ALL_PERSONAS, "president"])
def test_composing_is_the_offices_and_signing_the_leads(persona):
    quarter(1)
    report = opened()
    part = Part(report=report, section="next", text="x")
    actor = signer() if persona == "president" else make.actor(persona)
    composes = persona == "secretariat"
    for name in ("compose_draft", "adopt_all", "submit_for_check", "send_back", "check", "issue", "add_part"):
        assert getattr(actions, name).allowed(actor, report) is composes
    for name in ("edit_part", "remove_part", "restore_part", "move_part", "place_part", "merge_parts"):
        assert getattr(actions, name).allowed(actor, part) is composes
    assert actions.sign.allowed(actor, report) is (persona == "president")


def test_a_secretary_signs_for_the_president_and_the_history_says_so():
    report = in_state("signing")
    held = make.appoint(make.person("冯立", "北京师范大学"), cluster=make.bnu(), post=_post("president"), unit=_bnu())
    helper = make.person("石青", "北京师范大学", post="secretary", assists=held)
    signed = actions.sign(make.actor(helper.user), report)
    assert signed.signed_words.startswith("冯立")
    assert Countersign.objects.filter(entry=Entry.objects.get(code="reports.sign")).exists()


def _post(key):
    return make.bnu().posts.get(key=key)


def _bnu():
    return make.unit("北京师范大学")


# The tray


def test_one_click_proposes_a_paragraph_for_every_activity():
    made = quarter(9)
    report = drafted()
    told = set(report.parts.filter(is_removed=False).values_list("activities", flat=True)) - {None}
    assert told == {one.pk for one in made}
    assert set(report.briefs.values_list("fate", flat=True)) == {"adopted"}
    assert {part.section for part in report.parts.all()} == {"overview", "areas", "pairs", "meetings"}


def test_composing_again_keeps_every_word_somebody_wrote_and_adds_what_is_new():
    quarter(3)
    report = drafted()
    mine = report.parts.filter(section="areas").first()
    actions.edit_part(office(), mine, text="本人改写的文字，共{活动总数}项。")
    own = actions.add_part(office(), report, section="problems", text="经费到位较慢。")
    gone = report.parts.get(origin="overview:areas")
    actions.remove_part(office(), gone)
    new = brief("新接收的讲座", date(2026, 9, 9), kind="lecture", details={"sessions": 1, "audience": 90})
    report = actions.compose_draft(office(), report)
    texts = list(report.parts.filter(is_removed=False).values_list("text", flat=True))
    assert "本人改写的文字，共{活动总数}项。" in texts and own.text in texts
    assert report.parts.get(pk=gone.pk).is_removed
    assert report.parts.filter(activities=new, is_removed=False).count() == 1
    assert report.parts.filter(activities__isnull=False, is_removed=False).count() == 4


def test_composing_again_renews_what_nobody_touched():
    visit, *_ = quarter(1)
    report = drafted()
    Activity.objects.filter(pk=visit.pk).update(title="实地调研阜阳师范大学（校领导带队）")
    actions.compose_draft(office(), report)
    assert "（校领导带队）" in report.parts.get(activities=visit).text


def test_composing_twice_changes_nothing():
    quarter(6)
    report = drafted()
    before = list(report.parts.values("pk", "text", "order", "is_removed", "version"))
    actions.compose_draft(office(), report)
    assert list(report.parts.values("pk", "text", "order", "is_removed", "version")) == before


def test_leaving_out_needs_a_reason_which_the_unit_reads():
    visit, *_ = quarter(2)
    report = drafted()
    row = queries.brief_of(report, visit)
    with pytest.raises(RuleBroken):
        actions.leave_out(office(), row, note=" ")
    actions.leave_out(office(), row, note="并入年度报告")
    (fate,) = queries.fates_of(visit)
    assert (fate.get_fate_display(), fate.reason) == ("未采用", "并入年度报告")
    assert not report.parts.filter(activities=visit, is_removed=False).exists()
    actions.adopt(office(), queries.brief_of(report, visit))
    assert report.parts.filter(activities=visit, is_removed=False).count() == 1
    assert queries.fates_of(visit)[0].reason == ""


def test_an_activity_worked_into_a_rewritten_paragraph_is_not_silently_left_out():
    visit, *_ = quarter(2)
    report = drafted()
    actions.edit_part(office(), report.parts.get(activities=visit), text="改写后的调研情况")
    with pytest.raises(RuleBroken) as fault:
        actions.leave_out(office(), queries.brief_of(report, visit), note="不用")
    assert "改写后的调研情况" in fault.value.message
    assert report.briefs.get(activity=visit).fate == "adopted"


def test_an_activity_may_be_adopted_into_an_existing_paragraph():
    first, second, *_ = quarter(3)
    report = opened()
    actions.adopt(office(), queries.brief_of(report, first))
    part = report.parts.get(activities=first)
    actions.adopt(office(), queries.brief_of(report, second), into=part)
    assert set(part.activities.all()) == {first, second}
    assert report.parts.count() == 1


def test_a_removed_paragraph_tells_its_units_and_can_be_restored():
    visit, *_ = quarter(2)
    report = drafted()
    part = report.parts.get(activities=visit)
    with pytest.raises(RuleBroken):
        actions.remove_part(office(), part)
    part = actions.remove_part(office(), part, note="与上期重复")
    assert queries.fates_of(visit)[0].reason == "与上期重复"
    assert list(queries.removed_parts(report)) == [part]
    actions.restore_part(office(), part)
    assert queries.fates_of(visit)[0].fate == "adopted"


def test_merging_keeps_both_texts_and_both_activities():
    quarter(7)
    report = drafted()
    first, second = report.parts.filter(section="areas", area__key="talent")[:2] if report.parts.filter(
        section="areas", area__key="talent").count() > 1 else report.parts.filter(section="areas")[:2]  # fmt: skip
    wanted = first.text + second.text
    actions.merge_parts(office(), second, into=first)
    first.refresh_from_db()
    assert first.text == wanted and first.activities.count() == 2
    values = queries.compile_report(make.bnu(), Q3).values
    assert all(values.find(name) for name in ("培训：参训教师·2", "培训：参训教师·3"))


def test_paragraphs_move_within_their_heading_and_to_another():
    quarter(11)
    report = drafted()
    area = Area.objects.get(cluster=make.bnu(), key="talent")
    first, second = report.parts.filter(section="areas", area=area)
    actions.move_part(office(), second, up=True)
    assert list(report.parts.filter(section="areas", area=area)) == [second, first]
    actions.move_part(office(), Part.objects.get(pk=second.pk), up=True)
    assert list(report.parts.filter(section="areas", area=area)) == [second, first]
    pair = Pair.objects.filter(cluster=make.bnu()).first()
    moved = actions.place_part(office(), first, section="pairs", pair_id=pair.pk, area_id=area.pk)
    assert (moved.section, moved.area, moved.pair) == ("pairs", None, pair)


def test_two_windows_on_one_paragraph_the_second_is_told_and_sees_both():
    quarter(2)
    part = drafted().parts.filter(section="areas").first()
    actions.edit_part(office(), part, version=part.version, text="第一个窗口的文字")
    with pytest.raises(Stale) as stale:
        actions.edit_part(office(), part, version=part.version, text="第二个窗口的文字")
    assert stale.value.target.text == "第一个窗口的文字"


def test_a_number_there_is_not_is_refused_with_those_that_were_meant():
    quarter(2)
    report = drafted()
    part = report.parts.filter(section="areas").first()
    before = part.text
    for text, meant in (("共{活动总}项", "活动总数"), ("参训{参训教师·2}人", "培训：参训教师·2")):
        with pytest.raises(RuleBroken) as fault:
            actions.edit_part(office(), part, text=text)
        assert meant in fault.value.message and "text" in fault.value.fields
    with pytest.raises(RuleBroken):
        actions.edit_part(office(), part, text="括号{不成对")
    with pytest.raises(RuleBroken):
        actions.edit_part(office(), part, text="  ")
    assert Part.objects.get(pk=part.pk).text == before


def test_braces_as_chinese_keyboards_write_them_name_numbers_too():
    quarter(2)
    part = drafted().parts.filter(section="areas").first()
    assert actions.edit_part(office(), part, text="共｛活动总数｝项，｛原文｝").text == "共{活动总数}项，｛原文｝"


def test_hostile_titles_become_words_not_numbers():
    make.bnu()
    brief("<script>alert(1)</script>{活动总数}\n{", date(2026, 8, 1), details={"trainees": 3, "hours": 1})
    report = drafted()
    text = report.parts.get(section="areas").text
    assert "<script>alert(1)</script>｛活动总数｝" in text
    actions.edit_part(office(), report.parts.get(section="areas"), text=text + "补充。")


# The course


def test_nothing_is_submitted_while_an_activity_waits_for_a_decision():
    quarter(2)
    report = drafted()
    brief("刚接收", date(2026, 9, 9))
    with pytest.raises(RuleBroken) as fault:
        actions.submit_for_check(office(), report)
    assert "1条动态未处理" in fault.value.message


def test_nothing_is_submitted_with_a_number_that_lost_its_ground():
    quarter(3)
    report = drafted()
    part = report.parts.filter(section="areas").first()
    actions.edit_part(office(), part, text="另见{培训：参训教师·3}人")
    Activity.objects.filter(pk=report.briefs.get(number=3).activity_id).update(state="returned")
    with pytest.raises(RuleBroken) as fault:
        actions.submit_for_check(office(), report)
    assert "培训：参训教师·3" in fault.value.message


def test_nothing_is_submitted_that_tells_of_an_activity_sent_back():
    visit, *_ = quarter(3)
    report = drafted()
    part = report.parts.get(activities=visit)
    part.text = "没有数字的一段"
    part.save()
    Activity.objects.filter(pk=visit.pk).update(state="returned")
    with pytest.raises(RuleBroken) as fault:
        actions.submit_for_check(office(), report)
    assert "没有数字的一段" in fault.value.message
    actions.submit_for_check(office(), actions.compose_draft(office(), report))
    assert "没有数字的一段" not in queries.compile_report(make.bnu(), Q3).document.to_json()


def test_giving_back_needs_a_reason_and_opens_the_text_again():
    report = in_state("signing")
    with pytest.raises(RuleBroken):
        actions.refuse(signer(), report, note="")
    report = actions.refuse(signer(), report, note="请补充困难")
    assert (report.state, report.return_reason, report.frozen) == ("drafting", "请补充困难", "")
    actions.edit_part(office(), report.parts.filter(section="areas").first(), text="补充了困难")


def test_issuing_needs_a_number_and_closes_the_units_inputs():
    quarter(1)
    UnitInput.objects.create(cluster=make.bnu(), unit=_bnu(), period="2026Q3", state="handed-in")
    report = actions.sign(signer(), actions.check(office(), actions.submit_for_check(office(), drafted())))
    with pytest.raises(RuleBroken):
        actions.issue(office(), report, number=" ", issued_on=date(2026, 10, 20))
    actions.issue(office(), report, number="师教组〔2026〕3号", issued_on=date(2026, 10, 20))
    assert UnitInput.objects.get().closed_at is not None


def test_an_issued_report_cannot_be_edited_in_any_way():
    quarter(3)
    report = drafted()
    part = report.parts.filter(section="areas").first()
    row = report.briefs.first()
    report = issued()
    attempts = [
        lambda: actions.edit_part(office(), part, text="改"),
        lambda: actions.add_part(office(), report, section="next", text="加"),
        lambda: actions.remove_part(office(), part, note="删"),
        lambda: actions.move_part(office(), part, up=False),
        lambda: actions.adopt(office(), Brief.objects.get(pk=row.pk)),
        lambda: actions.leave_out(office(), Brief.objects.get(pk=row.pk), note="不用"),
    ]
    for attempt in attempts:
        with pytest.raises(RuleBroken):
            attempt()


def test_another_clusters_office_has_no_way_in():
    quarter(1)
    report = opened()
    stranger = make.person("韩雪", "首都师范大学", seat="组团办公室主任", cluster=make.second_cluster())
    with pytest.raises(Denied):
        actions.compose_draft(make.actor(stranger.user), report)
