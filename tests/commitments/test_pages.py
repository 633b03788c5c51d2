"""The pages of commitments: what was typed stays, faults speak Chinese, lists cost the same for few and many."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.base.documents.sheet import read_sheet
from tizhi.pipeline.commitments.models import Commitment, Feedback, Progress

from .building import DEPARTMENT, commitment, department_liaison, progress

pytestmark = pytest.mark.django_db

LIST = "/commitments/"
WRITTEN = {
    "kind": "funds", "title": "支持建设实训中心", "text": "分两年安排", "amount": "300", "promised_on": "2026-03-01",
    "due": "2027-12-31", "source": "皖教秘〔2026〕12号",
}  # fmt: skip
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def page(one: Commitment, name: str = "") -> str:
    return f"{LIST}{one.pk}/{name}"


def test_a_departments_liaison_enters_a_commitment(client):
    make.bnu()
    make.signed_in(client, department_liaison())
    school = make.unit("阜阳师范大学").pk
    answer = client.post(f"{LIST}new/", {**WRITTEN, "schools": [school], "due": "2028-02-29"}, follow=True)
    text = text_of(answer)
    assert "已登记" in text and "300万元" in text and "2028年2月29日" in text and "皖教秘〔2026〕12号" in text
    assert [one.unit_id for one in Commitment.objects.get().units.all()] == [school]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"amount": "0"}, "金额应大于0"),
        ({"amount": "-3"}, "金额不能小于0"),
        ({"amount": "100000000"}, "请核对单位是否为万元"),
        ({"amount": "9" * 30}, "请核对单位是否为万元"),
        ({"amount": "三百"}, "请填数字，以万元为单位"),
        ({"amount": "NaN"}, "请填数字，以万元为单位"),
        ({"amount": "3000000元"}, "请填数字，以万元为单位"),
        ({"amount": "0.001"}, "两位小数"),
        ({"amount": "300", "kind": "policy"}, "只有经费类承诺填写金额"),
        ({"due": "2027-02-29"}, "没有这一天"),
        ({"due": "2026-01-01"}, "兑现期限早于承诺日期"),
        ({"promised_on": "2027-01-01"}, "在今天之后"),
        ({"promised_on": ""}, "请填写承诺日期"),
        ({"kind": ""}, "请选择类别"),
        ({"kind": "gift"}, "类别"),
        ({"title": ""}, "请填写事项"),
        ({"schools": ["999999"]}, "不在名单里"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_and_what_was_typed_stays(client, given, sentence):
    make.bnu()
    make.signed_in(client, department_liaison())
    answer = client.post(f"{LIST}new/", {**WRITTEN, "text": "这段话不能丢", **given})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text and "这段话不能丢" in text
    assert not Commitment.objects.exists()
    if given.get("amount"):
        assert f'value="{given["amount"][:20]}' in text


@pytest.mark.parametrize(
    ("typed", "kept"), [("1,200.5", "1200.50"), ("３００", "300.00"), (" 300万元 ", "300.00"), ("", None)]
)
def test_money_is_read_as_people_type_it(client, typed, kept):
    make.bnu()
    make.signed_in(client, department_liaison())
    client.post(f"{LIST}new/", {**WRITTEN, "amount": typed})
    amount = Commitment.objects.get().amount
    assert (None if amount is None else str(amount)) == kept


def test_a_department_without_schools_here_is_told_so_and_enters_all_the_same(client):
    text = make.real_text().replace('province = "青海省"\nregions', 'province = "甘肃省"\nregions')
    cluster = make.cluster_of("bnu", text)
    make.signed_in(client, make.person("才仁", "青海省教育厅", post="liaison", cluster=cluster).user)
    assert "青海省在本组团没有成员院校" in text_of(client.get(f"{LIST}new/"))
    assert client.post(f"{LIST}new/", WRITTEN).status_code == 302
    assert "没有成员院校" in text_of(client.get(f"{LIST}province/", follow=True))


def test_two_people_who_edit_the_same_see_both_texts_and_lose_nothing(client):
    one = commitment(schools=("阜阳师范大学",))
    make.signed_in(client, department_liaison())
    form = client.get(page(one, "edit/"))
    read = form.content.decode().split('name="read" value="')[1].split('"')[0]
    sent = {
        **WRITTEN,
        "title": one.title,
        "schools": [make.unit("阜阳师范大学").pk],
        "text": "",
        "version": 1,
        "read": read,
    }
    first = client.post(page(one, "edit/"), {**sent, "title": "先保存的事项", "amount": "350"})
    assert first.status_code == 302
    second = client.post(page(one, "edit/"), {**sent, "title": "后保存的事项", "source": "第三次联席会议"})
    text = second.content.decode()
    assert second.status_code == 409 and "先保存" in text and "后保存" in text
    assert 'name="amount" value="350"' in text and "第三次联席会议" in text
    assert Commitment.objects.get().title == "先保存的事项"


def test_saving_what_nobody_changed_asks_nothing(client):
    one = commitment()
    make.signed_in(client, department_liaison())
    form = text_of(client.get(page(one, "edit/")))
    assert 'value="300"' in form and 'value="2026-03-01"' in form


def test_progress_is_entered_with_its_paper_and_read_by_the_school(client):
    one = commitment(schools=("阜阳师范大学",))
    make.signed_in(client, department_liaison())
    sent = {"on": "2026-11-20", "text": "首批已拨付", "amount": "120", "file": SimpleUploadedFile("拨款通知.pdf", PDF)}
    text = text_of(client.post(page(one, "progress/"), sent, follow=True))
    assert "累计到位120万元" in text and "40%" in text and "拨款通知.pdf" in text
    stored = Progress.objects.get().file
    make.signed_in(client, "supported-school")
    assert "首批已拨付" in text_of(client.get(page(one)))
    assert client.get(f"/files/{stored.pk}/").status_code == 200


def test_a_wrong_progress_keeps_what_was_typed(client):
    one = commitment()
    make.signed_in(client, department_liaison())
    answer = client.post(page(one, "progress/"), {"on": "2026-11-24", "text": "写了很长的情况", "amount": "500"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "在今天之后" in text and "超过承诺的300万元" in text and "写了很长的情况" in text and 'value="500"' in text
    assert not Progress.objects.exists()


def test_what_is_ticked_as_kept_is_done(client):
    one = commitment(kind="policy", amount=None)
    make.signed_in(client, department_liaison())
    assert "checked" in text_of(client.get(page(one, "progress/?done=1")))
    client.post(page(one, "progress/"), {"on": "2026-11-20", "text": "文件已印发", "done": "on"})
    text = text_of(client.get(page(one)))
    assert (
        "已兑现" in text and "2026年11月20日" in text and "登记进展" not in text.split("<main")[1].split("办理记录")[0]
    )
    assert client.post(page(one, "reopen/"), {"note": ""}).status_code == 422
    assert client.post(page(one, "reopen/"), {"note": "须补办手续", "version": 2}).status_code == 302
    assert Commitment.objects.get().state == "open"


def test_it_is_withdrawn_with_a_reason_that_the_school_reads(client):
    one = commitment()
    make.signed_in(client, "department")
    client.post(page(one, "withdraw/"), {"note": "并入其他专项", "version": 1})
    make.signed_in(client, "liaison")
    assert "并入其他专项" in text_of(client.get(page(one)))


def test_a_school_says_that_nothing_came_and_the_department_sees_it_in_its_table(client):
    one = commitment(schools=("阜阳师范大学",))
    make.signed_in(client, make.person("罗刚", "阜阳师范大学", post="liaison").user)
    empty = client.post(page(one, "remark/"), {"text": " "})
    assert empty.status_code == 422 and "请选择是否收到" in empty.content.decode()
    client.post(page(one, "remark/"), {"receipt": "missing", "text": "秋季学期仍未到账"})
    assert Feedback.objects.get().unit.name == "阜阳师范大学"
    make.signed_in(client, "department")
    assert "反馈未收到" in text_of(client.get(f"{LIST}province/", follow=True))
    assert "秋季学期仍未到账" in text_of(client.get(page(one)))
    client.force_login(make.persona("supported-school"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "是否收到</legend>" not in text_of(client.get(page(one)))
    assert client.post(page(one, "remark/"), {"text": "甲"}).status_code == 403


def test_who_works_for_two_schools_chooses_for_which_it_speaks(client):
    one = commitment()
    make.signed_in(client, "pair-office")
    assert 'name="school"' in text_of(client.get(page(one)))
    wrong = client.post(page(one, "remark/"), {"school": "999999", "receipt": "received", "text": "不能丢"})
    assert wrong.status_code == 422 and "不能丢" in wrong.content.decode()
    client.post(page(one, "remark/"), {"school": make.unit("阜阳师范大学").pk, "receipt": "received", "text": ""})
    assert Feedback.objects.get().unit.name == "阜阳师范大学"


def test_the_list_is_narrowed_and_given_as_a_sheet(client):
    progress(commitment(title="甲事项", due=date(2026, 11, 1)), amount=50)
    commitment("四川省教育厅", title="乙事项", kind="policy", amount=None, source="第三次联席会议")
    commitment(title="丙事项", state="withdrawn")
    make.signed_in(client, "secretariat")
    every = text_of(client.get(LIST))
    assert all(title in every for title in ("甲事项", "乙事项", "丙事项")) and "逾期1项" in every

    def titles(**query: object) -> set[str]:
        text = text_of(client.get(LIST, query))
        return {title for title in ("甲事项", "乙事项", "丙事项") if title in text}

    assert titles(state="late") == {"甲事项"} and titles(state="withdrawn") == {"丙事项"}
    assert titles(kind="policy") == {"乙事项"} and titles(q="联席 乙") == {"乙事项"}
    assert titles(department=make.unit("四川省教育厅").pk) == {"乙事项"}
    assert titles(department="999", state="x") == {"甲事项", "乙事项", "丙事项"}
    assert "没有符合条件" in text_of(client.get(LIST, {"q": "没有这样的词"}))
    sheet = client.get(f"{LIST}export/", {"state": "late"})
    (row,) = read_sheet(sheet.content)
    told = [row.cells[name] for name in ("事项", "承诺金额（万元）", "累计到位（万元）", "状态", "最近进展")]
    assert told == ["甲事项", 300, 50, "逾期", "首批经费已拨付"]


def test_an_empty_list_says_why_and_what_to_do(client):
    make.bnu()
    make.signed_in(client, department_liaison())
    assert "登记第一项承诺" in text_of(client.get(LIST))
    make.signed_in(client, "liaison")
    assert "各省级教育行政部门登记以后" in text_of(client.get(LIST))


def test_the_list_and_the_record_cost_the_same_for_few_and_for_many(client):
    one = commitment(schools=("阜阳师范大学",))
    progress(one, amount=10)
    make.signed_in(client, "secretariat").get(LIST)

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            text_of(client.get(url))
        return len(caught)

    pages = LIST, page(one), f"{LIST}export/"

    def costs() -> list[int]:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(pages[2]).status_code == 200
        return [cost(pages[0]), cost(pages[1]), len(caught)]

    few = costs()
    for _ in range(7):
        progress(commitment(schools=("阜阳师范大学", "安徽师范大学")), amount=10)
        progress(one, amount=20)
    assert costs() == few


def test_a_schools_page_lists_what_its_province_does_for_it(client):
    commitment(title="面向全省"), commitment(title="只给阜阳", schools=("阜阳师范大学",))
    commitment("四川省教育厅", title="外省的")
    make.signed_in(client, "supported-school")
    text = text_of(client.get(f"/cluster/units/{make.unit('阜阳师范大学').pk}/"))
    assert "省级支持" in text and "面向全省" in text and "只给阜阳" in text and "外省的" not in text
    other = text_of(client.get(f"/cluster/units/{make.unit('西北师范大学').pk}/"))
    assert "省级支持" not in other


def test_a_departments_page_leads_to_its_provinces_work(client):
    commitment(title="职称单列")
    address = f"/cluster/units/{make.unit(DEPARTMENT).pk}/"
    leads = f'href="{LIST}province/{make.unit(DEPARTMENT).pk}/"'
    make.signed_in(client, "department")
    mine = text_of(client.get(address))
    assert leads in mine and "职称单列" in mine and f'href="{LIST}province/"' in mine
    make.signed_in(client, "liaison")
    theirs = text_of(client.get(address))
    assert leads not in theirs and "职称单列" in theirs and f'href="{LIST}province/"' not in theirs


def test_hostile_text_is_shown_as_text(client):
    evil = "<script>alert(1)</script>"
    one = commitment(title=evil, text=evil, source=evil)
    progress(one, text=evil)
    make.signed_in(client, "secretariat")
    for address in (LIST, page(one), f"{LIST}province/{make.unit(DEPARTMENT).pk}/"):
        text = text_of(client.get(address))
        assert "<script>alert(1)" not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("address", ["999999/", "999999/edit/", "abc/", "province/999999/"])
def test_what_is_not_there_is_not_there(client, address):
    make.bnu()
    make.signed_in(client, "secretariat")
    assert client.get(f"{LIST}{address}").status_code == 404


def test_an_act_that_is_none_is_not_there(client):
    one = commitment()
    make.signed_in(client, "department")
    assert client.post(page(one, "forget/")).status_code == 404
