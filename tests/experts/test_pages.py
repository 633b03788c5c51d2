"""The pages of experts: nominate, confirm, appoint, letter, the expert's own page, certificates."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Word

from tests import make
from tizhi.base.documents.sheet import read_sheet
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts import actions
from tizhi.pipeline.experts.models import Absence, ExpertProfile, Nomination, ServiceCertificate

from .building import appointed, candidate, committee, confirmed, nomination, nominator, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominating(client):
    return make.signed_in(client, make.User.objects.get(pk=nominator().user_id))


@pytest.fixture
def office(client):
    return make.signed_in(client, "secretariat")


@pytest.fixture
def expert():
    """An expert appointed by letter, with an account."""
    return appointed(make.person("田野", "四川师范大学")).person


def text_of(response):
    return response.content.decode()


def words_of(response):
    word = Word(io.BytesIO(response.content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


# The board


def test_the_board_shows_who_sits_who_is_nominated_and_what_is_empty(office):
    appointed(candidate("甲"))
    nomination(candidate("乙"))
    page = text_of(office.get("/experts/"))
    for words in ("甲", "乙", "待确认", "空缺2席，待北京师范大学教务部提名", "至2029年11月22日", "同时承担3项"):
        assert words in page
    assert "提名专家" not in page


def test_who_nominates_has_the_button_at_each_empty_seat(nominating):
    page = text_of(nominating.get("/experts/"))
    assert f"/experts/nominate/{committee().pk}/?seat={seat('主任委员').pk}" in page


def test_an_expert_is_led_to_his_own_page_and_others_find_nothing(client, expert):
    mine = make.signed_in(client, expert.user).get("/experts/")
    assert mine.url == "/experts/mine/"
    assert client.get("/experts/mine/").url == f"/experts/people/{expert.pk}/"
    for persona in ("liaison", "supported-school", "ministry", "outsider", "administrator"):
        assert make.signed_in(client, persona).get("/experts/").status_code == 404


def test_the_board_tells_of_absence_load_and_a_term_that_ends(office):
    person = appointed(candidate("甲"), ends=date(2027, 1, 31)).person
    Absence.objects.create(
        cluster=make.bnu(), person=person, begins=date(2026, 11, 20), ends=date(2026, 11, 30), reason="访学"
    )
    page = text_of(office.get("/experts/"))
    assert "请假" in page and "还有69天" in page


def test_the_boards_queries_do_not_grow(office):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert office.get("/experts/").status_code == 200
        return len(seen)

    appointed(candidate("甲")), nomination(candidate("乙"), "主任委员")
    cost()  # the first page of a session costs a little more
    before = cost()
    type(seat()).objects.filter(pk=seat().pk).update(count=80)
    for number in range(2, 30):
        person = appointed(candidate(f"专家{number}"), number=f"〔2026〕第{number}号").person
        Absence.objects.create(cluster=make.bnu(), person=person, begins=date(2026, 12, 1), ends=date(2026, 12, 2))
        nomination(candidate(f"候选{number}"))
    assert cost() == before <= 30


# Nominating


def typed(**given):
    return {
        "seat": seat().pk, "title": "教授", "speciality": "教师教育", "reason": "熟悉情况。", **given,
    }  # fmt: skip


def test_somebody_of_the_directory_is_nominated(nominating):
    person = candidate()
    answer = nominating.post(f"/experts/nominate/{committee().pk}/", typed(person=person.pk))
    made = Nomination.objects.get()
    assert answer.url == f"/experts/nominations/{made.pk}/"
    page = text_of(nominating.get(answer.url))
    assert "田野" in page and "待确认" in page and "北京师范大学教务部" in page and "撤回提名" in page


def test_somebody_new_is_entered_and_nominated_in_one_form(nominating):
    new = {"name": "罗衡", "unit": make.unit("西北师范大学").pk, "department": "教育学院", "phone": "13800001111"}
    assert nominating.post(f"/experts/nominate/{committee().pk}/", typed(**new)).status_code == 302
    assert Nomination.objects.get().person.unit.name == "西北师范大学"
    assert Person.objects.get(name="罗衡").title == "教授"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "请选择被提名人"),
        ({"name": "罗衡"}, "请选择单位"),
        ({"name": "罗衡", "unit": 999999}, "不在名单里"),
        ({"person": 999999}, "选择"),
        ({"seat": 999999}, "不在名单里"),
        ({"speciality": ""}, "请填写专业特长"),
        ({"reason": "长" * 1001}, "理由"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(nominating, given, sentence):
    answer = nominating.post(f"/experts/nominate/{committee().pk}/", typed(**given))
    assert answer.status_code == 422
    page = text_of(answer)
    assert sentence in page and 'value="教授"' in page
    assert not Nomination.objects.exists()


def test_both_ways_at_once_are_refused(nominating):
    given = typed(person=candidate().pk, name="罗衡", unit=make.unit("西北师范大学").pk)
    answer = nominating.post(f"/experts/nominate/{committee().pk}/", given)
    assert answer.status_code == 422 and "请只留一项" in text_of(answer)


def test_hostile_words_are_shown_as_words(nominating):
    person = candidate()
    nominating.post(
        f"/experts/nominate/{committee().pk}/", typed(person=person.pk, reason="<script>alert(1)</script>\0甲")
    )
    made = Nomination.objects.filter().first()
    if made:
        assert "<script>alert" not in text_of(nominating.get(f"/experts/nominations/{made.pk}/"))


def test_a_renewal_is_prefilled(nominating):
    person = appointed(candidate("甲"), ends=date(2027, 1, 31)).person
    assert "提名续聘" in text_of(nominating.get("/experts/"))
    page = text_of(nominating.get(f"/experts/nominate/{committee().pk}/?seat={seat().pk}&person={person.pk}"))
    assert f'value="{person.pk}" selected' in page and 'value="教师教育"' in page


@pytest.mark.parametrize("query", ["?seat=x&person=y", "?person=99999999999999999999", "?seat=²"])
def test_a_broken_address_opens_the_empty_form(nominating, query):
    assert nominating.get(f"/experts/nominate/{committee().pk}/{query}").status_code == 200


def test_a_nomination_is_corrected_and_two_at_once_see_each_other(nominating):
    made = nomination()
    url = f"/experts/nominations/{made.pk}/edit/"
    assert "长期从事教师教育研究。" in text_of(nominating.get(url))
    given = {"title": "教授", "speciality": "学前教育", "reason": "改过的理由。", "version": made.version}
    assert nominating.post(url, given).status_code == 302
    stale = nominating.post(url, {**given, "speciality": "特殊教育"})
    assert stale.status_code == 409 and "核对两人的改动" in text_of(stale)
    assert Nomination.objects.get().speciality == "学前教育"


# Confirming and appointing


def test_the_office_confirms_appoints_and_takes_the_letter(office):
    made = nomination()
    page = text_of(office.get(f"/experts/nominations/{made.pk}/"))
    assert "确认提名" in page and "不予确认" in page
    office.post(f"/experts/nominations/{made.pk}/confirm-nomination/", {"version": 1})
    form = office.get(f"/experts/nominations/{made.pk}/appoint/")
    assert "〔2026〕第1号" in text_of(form) and 'value="2029-11-22"' in text_of(form)
    given = {"begins": "2026-11-23", "ends": "2029-11-22", "number": "〔2026〕第1号", "issued_on": "2026-11-23"}
    assert office.post(f"/experts/nominations/{made.pk}/appoint/", given).status_code == 302
    letter = office.get(f"/experts/nominations/{made.pk}/letter.docx")
    words = words_of(letter)
    for said in (
        "聘　书",
        "〔2026〕第1号",
        "田野",
        "专家委员会委员",
        "2026年11月23日起",
        "2029年11月22日止",
        "北京师范大学组团领导小组",
    ):
        assert said in words, said
    assert office.get(f"/experts/nominations/{made.pk}/letter.pdf").content.startswith(b"%PDF")
    assert office.get(f"/experts/nominations/{made.pk}/letter.exe").status_code == 404


def test_a_letter_with_faults_keeps_what_was_typed(office):
    made = confirmed()
    given = {"begins": "2026-11-23", "ends": "2026-11-22", "number": "", "issued_on": "2026-02-30"}
    answer = office.post(f"/experts/nominations/{made.pk}/appoint/", given)
    assert answer.status_code == 422 and 'value="2026-02-30"' in text_of(answer)


def test_there_is_no_letter_before_the_appointment(office):
    assert office.get(f"/experts/nominations/{confirmed().pk}/letter.docx").status_code == 404


def test_the_office_declines_with_a_reason(office):
    made = nomination()
    url = f"/experts/nominations/{made.pk}/decline-nomination/"
    assert office.get(url).status_code == 200
    assert office.post(url, {"note": ""}).status_code == 422
    office.post(url, {"note": "专业方向重复"})
    assert "专业方向重复" in text_of(office.get(f"/experts/nominations/{made.pk}/"))


def test_nominations_and_letters_are_listed_found_and_exported(office):
    appointed(candidate("甲")), nomination(candidate("乙"))
    page = text_of(office.get("/experts/letters/"))
    assert "甲" in page and "乙" in page and "〔2026〕第1号" in page
    assert "乙</a>" not in text_of(office.get("/experts/letters/?q=第1号"))
    assert "没有符合条件的提名" in text_of(office.get("/experts/letters/?state=declined"))
    rows = read_sheet(office.get("/experts/letters/export/").content)
    assert [(row.text("姓名"), row.text("聘书编号")) for row in rows] == [("乙", ""), ("甲", "〔2026〕第1号")]


def test_the_lists_queries_do_not_grow(office):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert office.get("/experts/letters/").status_code == 200
        return len(seen)

    appointed(candidate("甲"))
    cost()  # the first page of a session costs a little more
    before = cost()
    type(seat()).objects.filter(pk=seat().pk).update(count=80)
    for number in range(2, 19):
        appointed(candidate(f"专家{number}"), number=f"〔2026〕第{number}号")
    assert cost() == before


# The expert's own page


def test_an_expert_sees_seat_term_letter_and_pace(client, expert):
    page = text_of(make.signed_in(client, expert.user).get(f"/experts/people/{expert.pk}/"))
    for words in (
        "专家委员会委员",
        "2026年11月23日至2029年11月22日",
        "聘书〔2026〕第1号",
        "同时承担3项",
        "到期前3、1天",
        "可以指派",
    ):
        assert words in page, words
    assert client.get(f"/experts/nominations/{Nomination.objects.get().pk}/letter.pdf").status_code == 200


def test_an_expert_sets_the_pace(client, expert):
    mine = make.signed_in(client, expert.user)
    given = {"at_once": "2", "remind": "7、3 天", "speciality": "教师教育", "areas": []}
    assert mine.post(f"/experts/people/{expert.pk}/pace/", given).status_code == 302
    profile = ExpertProfile.objects.get(person=expert)
    assert (profile.at_once, profile.remind) == (2, [7, 3])


@pytest.mark.parametrize(
    ("given", "typed_"),
    [({"at_once": "-1"}, "-1"), ({"at_once": "很多"}, "很多"), ({"remind": "一周"}, "一周"), ({"remind": "99"}, "99")],
)
def test_a_pace_that_makes_no_sense_is_said_and_kept(client, expert, given, typed_):
    mine = make.signed_in(client, expert.user)
    answer = mine.post(f"/experts/people/{expert.pk}/pace/", {"at_once": "3", "remind": "3", **given})
    assert answer.status_code == 422 and f'value="{typed_}"' in text_of(answer)


def test_an_expert_without_a_nomination_sets_the_pace_too(client):
    mine = make.signed_in(client, "expert")
    person = make.actor("expert").person_id
    assert "还没有设定" in text_of(mine.get(f"/experts/people/{person}/"))
    mine.post(f"/experts/people/{person}/pace/", {"at_once": "1", "remind": ""})
    assert "不提醒" in text_of(mine.get(f"/experts/people/{person}/"))


def test_an_expert_enters_an_absence_and_cancels_it(client, expert):
    mine = make.signed_in(client, expert.user)
    url = f"/experts/people/{expert.pk}/absence/"
    assert mine.post(url, {"begins": "2026-12-02", "ends": "2026-12-01"}).status_code == 422
    assert mine.post(url, {"begins": "2026-12-01", "ends": "2026-12-20", "reason": "访学"}).status_code == 302
    page = text_of(mine.get(f"/experts/people/{expert.pk}/"))
    assert "2026年12月1日至20日" in page and "访学" in page
    mine.post(f"/experts/absences/{Absence.objects.get().pk}/cancel/")
    assert not Absence.objects.exists()


def test_one_expert_does_not_see_another(client, expert):
    other = appointed(make.person("乙", "西北师范大学"), "主任委员", number="〔2026〕第2号").person
    Nomination.objects.filter(person=other)
    third = make.person("丙", "西北师范大学", seat="专家委员会委员")
    mine = make.signed_in(client, third.user)
    for path in ("", "pace/", "absence/"):
        assert mine.get(f"/experts/people/{expert.pk}/{path}").status_code == 404
    absence = Absence.objects.create(
        cluster=make.bnu(), person=expert, begins=date(2026, 12, 1), ends=date(2026, 12, 2)
    )
    assert mine.post(f"/experts/absences/{absence.pk}/cancel/").status_code == 404


def test_a_former_expert_keeps_his_page_and_his_certificate(client, expert):
    expert.appointments.update(begins=date(2025, 1, 1), ends=date(2026, 10, 31))
    make.appoint(
        expert, cluster=make.bnu(), post=make.Post.objects.get(key="secretary"), unit=make.unit("四川师范大学")
    )
    page = text_of(make.signed_in(client, expert.user).get(f"/experts/people/{expert.pk}/"))
    assert "不在聘期" in page and "申请服务证明" in page


# Certificates


def test_a_certificate_is_asked_for_issued_and_taken(client, expert):
    mine = make.signed_in(client, expert.user)
    given = {"year": "2026", "purpose": "职称评审"}
    assert mine.post(f"/experts/people/{expert.pk}/certificate/", given).status_code == 302
    made = ServiceCertificate.objects.get()
    assert mine.get(f"/experts/certificates/{made.pk}/certificate.docx").status_code == 404
    assert mine.get(f"/experts/certificates/{made.pk}/issue/").status_code == 403
    office = make.signed_in(client, "secretariat")
    assert "〔2026〕第1号" in text_of(office.get(f"/experts/certificates/{made.pk}/issue/"))
    office.post(f"/experts/certificates/{made.pk}/issue/", {"number": "〔2026〕第1号", "issued_on": "2026-11-23"})
    mine = make.signed_in(client, expert.user)
    words = words_of(mine.get(f"/experts/certificates/{made.pk}/certificate.docx"))
    for said in (
        "服务证明",
        "田野",
        "专家委员会委员",
        "没有已完成的计划审核",
        "供职称评审使用",
        "北京师范大学组团大组团办公室",
    ):
        assert said in words, said
    assert mine.get(f"/experts/certificates/{made.pk}/certificate.pdf").content.startswith(b"%PDF")


def test_the_office_issues_on_request_by_telephone(office, expert):
    answer = office.post(f"/experts/people/{expert.pk}/certificate/", {"year": "2026"})
    assert answer.url == f"/experts/certificates/{ServiceCertificate.objects.get().pk}/issue/"


@pytest.mark.parametrize("year", ["2019", "年", "99999999999", ""])
def test_a_year_without_service_is_refused_on_the_page(client, expert, year):
    answer = make.signed_in(client, expert.user).post(
        f"/experts/people/{expert.pk}/certificate/", {"year": year, "purpose": "留着"}
    )
    assert answer.status_code == 422 and 'value="留着"' in text_of(answer)


def test_another_expert_neither_sees_nor_takes_a_certificate(client, expert):
    actions.ask_certificate(make.actor(expert.user), ServiceCertificate(cluster=make.bnu(), person=expert), year=2026)
    made = ServiceCertificate.objects.get()
    mine = make.signed_in(client, "expert")
    assert mine.get(f"/experts/certificates/{made.pk}/certificate.pdf").status_code == 404
    assert mine.post(f"/experts/people/{expert.pk}/certificate/", {"year": "2026"}).status_code == 404
