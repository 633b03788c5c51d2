"""A department undertakes, says how it goes, keeps or withdraws; its schools say what has come; nothing is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.audit.queries import history_of
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.commitments import actions
from tizhi.pipeline.commitments.models import Commitment, Feedback, Progress
from tizhi.pipeline.scheme.models import Member

from .building import DEPARTMENT, commitment, department_liaison, progress

pytestmark = pytest.mark.django_db

WRITTEN = {"kind": "funds", "title": "支持建设实训中心", "amount": Decimal(300), "promised_on": date(2026, 3, 1)}
TOLD = {"on": date(2026, 11, 1), "text": "全部拨付到位", "amount": Decimal(300)}
GIVEN = {
    "change_commitment": {"title": "改过的事项"},
    "report_progress": TOLD,
    "fulfil": TOLD,
    "reopen": {"note": "统计有误"},
    "withdraw": {"note": "并入其他专项"},
    "remark": {"text": "请加快拨付"},
}
# open, done, withdrawn
OPEN_IN = {
    "change_commitment": "100", "report_progress": "100", "fulfil": "100", "withdraw": "100", "reopen": "011",
    "remark": "111",
}  # fmt: skip
STATES = ("open", "done", "withdrawn")


def member(name: str = DEPARTMENT) -> Member:
    return Member.objects.get(cluster=make.bnu(), unit__name=name)


def in_state(state: str, **given) -> Commitment:
    return commitment(state=state, done_on=date(2026, 10, 1) if state == "done" else None, **given)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", OPEN_IN)
def test_each_act_is_open_in_its_states_only(name, state):
    one, act, actor = in_state(state), getattr(actions, name), make.actor("department")
    if OPEN_IN[name][STATES.index(state)] == "1":
        act(actor, one, **GIVEN[name])
    else:
        with pytest.raises(RuleBroken):
            act(actor, one, **GIVEN[name])
        one.refresh_from_db()
        assert one.state == state


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_only_the_departments_own_people_change_it_and_its_schools_and_the_office_speak(persona):
    one, actor = commitment(), make.actor(persona)
    changes = {name for name in OPEN_IN if name != "remark" and getattr(actions, name).allowed(actor, one)}
    assert changes == (set(OPEN_IN) - {"remark"} if persona == "department" else set())
    speaks = {"department", "secretariat", "pair-office", "liaison", "office-head", "vice-president", "secretary",
              "project-group"}  # fmt: skip
    assert actions.remark.allowed(actor, one) is (persona in speaks)


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_only_a_departments_people_undertake(persona):
    here = member()
    assert actions.promise.allowed(make.actor(persona), here) is (persona == "department")


def test_a_university_undertakes_nothing():
    with pytest.raises(RuleBroken, match="省级教育行政部门"):
        actions.promise(make.actor("liaison"), member("安徽师范大学"), **WRITTEN)


def test_a_departments_liaison_undertakes_for_schools_of_its_province():
    here, actor = member(), make.actor(department_liaison())
    school = make.unit("阜阳师范大学")
    made = actions.promise(actor, here, schools=[school.pk], due=date(2028, 2, 29), **WRITTEN)
    made.refresh_from_db()
    assert (made.state, made.amount, made.due) == ("open", Decimal("300.00"), date(2028, 2, 29))
    assert [one.unit.name for one in made.units.all()] == ["阜阳师范大学"]
    assert history_of(made).get().label == "登记承诺事项"


@pytest.mark.parametrize("school", ["青海师范大学", "四川省教育厅", "安徽省教育厅"])
def test_schools_of_other_provinces_and_what_is_no_school_are_refused(school):
    here = member()
    with pytest.raises(RuleBroken) as fault:
        actions.promise(make.actor("department"), here, schools=[make.unit(school).pk], **WRITTEN)
    assert "本省的成员院校" in fault.value.fields["schools"]
    assert not Commitment.objects.exists()


def test_what_has_come_is_what_the_latest_word_says_and_a_later_word_puts_a_wrong_one_right():
    one, actor = commitment(), make.actor("department")
    actions.report_progress(actor, one, on=date(2026, 6, 1), text="首批", amount=Decimal(250))
    actions.report_progress(actor, one, on=date(2026, 6, 1), text="更正：首批为150万元", amount=Decimal(150))
    actions.report_progress(actor, one, on=date(2026, 4, 1), text="补记四月", amount=Decimal(50))
    actions.report_progress(actor, one, on=date(2026, 7, 1), text="采购中")
    one = Commitment.objects.get()
    assert one.delivered == 150
    assert one.latest.text == "采购中"
    assert Progress.objects.count() == 4


def test_money_is_kept_only_when_all_of_it_has_come():
    one, actor = commitment(), make.actor("department")
    progress(one, date(2026, 6, 1), 120)
    with pytest.raises(RuleBroken) as fault:
        actions.fulfil(actor, one, on=date(2026, 11, 1), text="已完成")
    assert "承诺300万元，累计到位120万元" in fault.value.fields["amount"]
    with pytest.raises(RuleBroken) as fault:
        actions.fulfil(actor, one, **{**TOLD, "on": date(2026, 5, 31)})
    assert "2026年6月1日" in fault.value.fields["on"]
    assert Progress.objects.count() == 1
    actions.fulfil(actor, one, **TOLD)
    one.refresh_from_db()
    assert (one.state, one.done_on, one.delivered) == ("done", date(2026, 11, 1), 300)


def test_a_policy_is_kept_by_saying_so():
    one = commitment(kind="policy", amount=None)
    actions.fulfil(make.actor("department"), one, on=date(2026, 11, 1), text="文件已印发")
    one.refresh_from_db()
    assert one.state == "done"


def test_what_was_kept_is_taken_up_again_with_a_reason():
    one = in_state("done")
    with pytest.raises(RuleBroken):
        actions.reopen(make.actor("department"), one, note=" ")
    actions.reopen(make.actor("department"), one, note="统计有误")
    one.refresh_from_db()
    assert (one.state, one.done_on) == ("open", None)
    assert Entry.objects.get(code="commitments.reopen").note == "统计有误"


def test_what_is_withdrawn_stays_with_its_reason():
    one = commitment()
    with pytest.raises(RuleBroken):
        actions.withdraw(make.actor("department"), one, note="")
    actions.withdraw(make.actor("department"), one, note="并入其他专项")
    one.refresh_from_db()
    assert (one.state, one.withdrawn_reason) == ("withdrawn", "并入其他专项")


def test_of_two_who_change_it_the_second_is_told():
    one = commitment()
    actions.change_commitment(make.actor("department"), one, version=1, title="先改的")
    with pytest.raises(Stale) as stale:
        actions.change_commitment(make.actor("department"), one, version=1, title="后改的")
    assert stale.value.target.title == "先改的"


def test_a_change_keeps_the_schools_it_does_not_speak_of_and_never_goes_below_what_came():
    one = commitment(schools=("阜阳师范大学",))
    progress(one, amount=120)
    actions.change_commitment(make.actor("department"), one, amount=Decimal(200))
    assert [named.unit.name for named in one.units.all()] == ["阜阳师范大学"]
    with pytest.raises(RuleBroken, match="累计到位120万元"):
        actions.change_commitment(make.actor("department"), one, amount=Decimal(100))
    actions.change_commitment(make.actor("department"), one, schools=[])
    assert not one.units.exists()


def test_what_nobody_writes_by_hand_is_refused():
    with pytest.raises(TypeError):
        actions.change_commitment(make.actor("department"), commitment(), state="done")


def test_a_school_says_whether_it_has_come():
    one = commitment(schools=("阜阳师范大学",))
    school = make.actor(make.person("罗刚", "阜阳师范大学", post="liaison").user)
    actions.remark(school, one, receipt="missing", text="尚未到账")
    said = Feedback.objects.get()
    assert (said.unit.name, said.get_receipt_display(), said.text) == ("阜阳师范大学", "未收到", "尚未到账")
    with pytest.raises(Denied):
        actions.remark(make.actor("supported-school"), one, receipt="received")


def test_the_office_speaks_but_does_not_say_what_came():
    one = commitment()
    actions.remark(make.actor("secretariat"), one, text="请于年底前核对")
    assert Feedback.objects.get().unit is None
    with pytest.raises(RuleBroken, match="面向的院校"):
        actions.remark(make.actor("secretariat"), one, receipt="received")


def test_who_works_for_several_schools_says_for_which():
    one = commitment()
    actions.remark(make.actor("pair-office"), one, receipt="received", school=make.unit("阜阳师范大学").pk)
    assert Feedback.objects.get().unit.name == "阜阳师范大学"
    with pytest.raises(RuleBroken, match="所办理的院校"):
        actions.remark(make.actor("pair-office"), one, receipt="received", school=make.unit("青海师范大学").pk)


def test_a_paper_stands_beside_the_progress_and_what_is_no_paper_is_told_at_its_field():
    one, actor = commitment(), make.actor("department")
    paper = SimpleUploadedFile("拨款通知.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "application/pdf")
    actions.report_progress(actor, one, **TOLD, file=paper)
    assert Progress.objects.get().file.name == "拨款通知.pdf"
    with pytest.raises(RuleBroken) as fault:
        actions.report_progress(actor, one, **TOLD, file=SimpleUploadedFile("空.pdf", b""))
    assert "空文件" in fault.value.fields["file"]
    assert Progress.objects.count() == 1


def test_a_department_without_schools_of_its_own_undertakes_too():
    cluster = make.cluster_of(
        "bnu",
        make.real_text().replace(
            'province = "青海省"\nregions = ["630100"]', 'province = "甘肃省"\nregions = ["630100"]'
        ),
    )
    make.person("才仁", "青海省教育厅", post="department-leader", cluster=cluster)
    actor = make.actor(make.User.objects.get(username="才仁"))
    made = actions.promise(actor, member("青海省教育厅"), **WRITTEN)
    assert not made.units.exists()
    with pytest.raises(Denied):
        actions.remark(make.actor("supported-school"), made, receipt="received")


def test_hostile_text_is_kept_as_typed():
    text = "<script>alert(1)</script>'; DROP TABLE--"
    made = actions.promise(make.actor("department"), member(), **{**WRITTEN, "title": text})
    made.refresh_from_db()
    assert made.title == text
