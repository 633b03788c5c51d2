"""The pages of the directory, as the people who use them meet them."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import read_sheet, write_sheet
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Post, Seat

pytestmark = pytest.mark.django_db
PASSWORDS = {"password1": "四平八稳自在心-2026", "password2": "四平八稳自在心-2026"}


@pytest.fixture
def head(client):
    make.bnu()
    return make.signed_in(client, "office-head")


def as_(persona):
    make.bnu()
    return make.signed_in(Client(), persona)


def of(persona):
    return Person.objects.get(user=make.persona(persona))


def url(name, *args, **query):
    return reverse(f"directory:{name}", args=args, query=query or None)


def page(client, name, *args, **query):
    response = client.get(url(name, *args, **query))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def link_in(text):
    (found,) = set(re.findall(r"/accounts/link/[\w-]+/", text))
    return found


# The list


def test_the_list_shows_the_cluster_with_posts_and_masked_numbers(head):
    person = of("expert")
    person.phone = "13800001234"
    person.save()
    make.persona("outsider")
    text = page(head, "list")
    assert "钱文" in text and "专家委员会委员" in text and "138****1234" in text
    assert "13800001234" not in text and "白雪" not in text


@pytest.mark.parametrize(
    "query, found",
    [
        ({"q": "钱"}, {"钱文"}),
        ({"q": "qw"}, {"钱文"}),
        ({"unit": "北京师范大学"}, {"钱文"}),
        ({"place": "liaison"}, {"孙涛"}),
        ({"place": "专家委员会"}, {"钱文"}),
        ({"on": "2025-05-01"}, {"钱文", "周岚"}),
        ({"on": "2020-01-01"}, set()),
        ({"listed": "left"}, {"李去"}),
    ],
)
def test_the_list_is_narrowed(head, query, found):
    for name in ("expert", "liaison"):
        make.persona(name)
    Person.objects.filter(name="钱文").update(initials="qw")
    Person.objects.create(name="李去", unit=make.unit("安徽师范大学"), is_open=False)
    Appointment.objects.filter(person__name="孙涛").update(begins=date(2026, 1, 1))
    if "unit" in query:
        query = {"unit": make.unit(query["unit"]).pk}
    if query.get("place") == "liaison":
        query = {"place": f"post-{Post.objects.get(cluster=make.bnu(), key='liaison').pk}"}
    elif "place" in query:
        query = {"place": f"body-{make.bnu().bodies.get(name=query['place']).pk}"}
    text = page(head, "list", **query)
    names = {"钱文", "孙涛", "周岚", "李去"}
    table = text[text.index("共 ") :]
    assert {name for name in names if name in table} == found


def test_the_list_costs_the_same_for_one_and_for_many(head):
    counts = []
    page(head, "list")
    for number in range(6):
        make.person(f"甲{number}", "安徽师范大学", post="secretary", seat="安徽师范大学小组团办公室联络员")
        with CaptureQueriesContext(connection) as asked:
            page(head, "list")
        counts.append(len(asked))
    assert counts[0] == counts[-1]


@pytest.mark.parametrize("who", ["ministry", "administrator", "nobody"])
def test_who_has_no_work_in_the_cluster_finds_nobody(who):
    person = of("expert")
    client = as_(who)
    assert client.get(url("person", person.pk)).status_code == 404
    assert "钱文" not in client.get(url("list")).content.decode()


def test_another_clusters_people_are_not_found(head):
    stranger = of("outsider")
    for name in ("person", "edit"):
        assert head.get(url(name, stranger.pk)).status_code == 404
    for name in ("phone", "close", "invite", "reset", "unlock"):
        assert head.post(url(name, stranger.pk)).status_code == 404


# One person


def test_the_units_office_sees_the_number_others_ask_for_it_with_a_purpose(head):
    person = of("liaison")
    person.phone = "13800001234"
    person.save()
    assert "13800001234" in page(head, "person", person.pk)
    pair = as_("pair-office")
    assert "13800001234" not in page(pair, "person", person.pk).replace("138****1234", "")
    secretariat = as_("secretariat")
    assert "138****1234" in page(secretariat, "person", person.pk)
    assert secretariat.post(url("phone", person.pk)).status_code == 422
    shown = secretariat.post(url("phone", person.pk), {"note": "通知调研行程"}).content.decode()
    assert "13800001234" in shown and "通知调研行程" in shown
    assert "13800001234" not in page(secretariat, "person", person.pk)


@pytest.mark.parametrize("who", ["vice-president", "secretary", "expert", "pair-office", "supported-school"])
def test_who_keeps_nobody_has_no_buttons(who):
    text = page(as_(who), "person", of("liaison").pk)
    for word in ("修改信息", "任命职务", "确定止期", "邀请链接", "重设密码", "注销"):
        assert word not in text


def test_what_was_done_to_a_person_stands_beside_it_with_before_and_after(head):
    person = of("liaison")
    head.post(url("edit", person.pk), {"name": "孙涛", "phone": "13800001234", "title": "科长"})
    text = page(head, "person", person.pk)
    side = text[text.index("留痕") :]
    assert "修改人员信息" in side and "周岚" in side and "实际职务" in side and "科长" in side


def test_a_liaison_sees_who_opens_the_leaders_account_instead_of_a_button_that_fails():
    text = page(as_("liaison"), "person", of("vice-president").pk)
    assert "请由该单位牵头部门（处室）负责同志办理" in text
    assert all(word not in text for word in ("邀请链接", "确定止期", "注销")) and "修改信息" in text


# From the list to the first sign-in


def test_somebody_new_is_registered_appointed_invited_and_at_work(head):
    unit = make.unit("安徽师范大学")
    response = head.post(url("new", unit.pk), {"name": "赵晓", "department": "校办", "phone": "138 0000 1234"})
    person = Person.objects.get(name="赵晓")
    assert response.url == url("person", person.pk) and person.phone == "13800001234"
    secretary = Post.objects.get(cluster=make.bnu(), key="secretary")
    head.post(url("appoint", person.pk), {"post": secretary.pk, "begins": "2026-11-23"})
    invited = head.post(url("invite", person.pk)).content.decode()
    link = link_in(invited)
    assert "zhaoxiao" in invited
    assert "/accounts/link/" not in page(head, "person", person.pk)
    newcomer = Client()
    assert newcomer.post(link, PASSWORDS).status_code == 302
    assert newcomer.get(url("mine"), follow=True).context["person"] == person
    again = Client()
    again.post(reverse("account_login"), {"login": "ZhaoXiao", "password": PASSWORDS["password1"]})
    assert again.get(url("list")).status_code == 200


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(head):
    make.person("赵晓", "安徽师范大学")
    unit = make.unit("安徽师范大学")
    response = head.post(url("new", unit.pk), {"name": "赵晓", "phone": "138", "title": "科长"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "已有名为“赵晓”的人员" in text and "手机号码应为11位数字" in text and 'value="科长"' in text


def test_two_who_correct_the_same_person_see_both_texts(head):
    person = of("liaison")
    head.post(url("edit", person.pk), {"name": "孙涛", "title": "科长", "version": 1})
    response = head.post(url("edit", person.pk), {"name": "孙涛", "title": "处长", "version": 1})
    text = response.content.decode()
    assert response.status_code == 409 and "科长" in text and "处长" in text


def test_a_forgotten_password_is_mended_by_the_office_head(head):
    liaison = of("liaison")
    liaison.user.set_password("四海之内皆兄弟-1")
    liaison.user.save()
    link = link_in(head.post(url("reset", liaison.pk)).content.decode())
    client = Client()
    assert client.post(link, PASSWORDS).status_code == 302
    assert client.session["_auth_user_id"] == str(liaison.user_id)


def test_an_end_is_set_and_a_secretary_named(head):
    held = make.appointment("liaison")
    given = {"ends": "2026-12-31", "note": "挂职期满", "version": held.version}
    assert head.post(url("end", held.pk), given).status_code == 302
    assert "2026年12月31日" in page(head, "person", held.person_id)
    secretary = make.person("何静", "安徽师范大学", post="secretary")
    leader = make.appointment("vice-president")
    row = Appointment.objects.get(person=secretary)
    assert head.post(url("assist", row.pk), {"leader": leader.pk}).status_code == 302
    assert "为高远代录" in page(head, "person", secretary.pk)


def test_the_form_offers_a_liaison_only_what_it_may_give():
    text = page(as_("liaison"), "appoint", of("secretary").pk)
    assert ">秘书<" in text and ">校长<" not in text


def test_the_secretariat_fills_a_seat_from_those_who_may_sit_there():
    client = as_("secretariat")
    make.persona("vice-president"), make.person("孔文", "北京师范大学", post="vice-president")
    seat = Seat.objects.get(body__declared="leading-group", post="副组长")
    text = page(client, "sit", seat.pk)
    assert "孔文" in text and "高远" not in text
    holder = Person.objects.get(name="孔文")
    assert client.post(url("sit", seat.pk), {"person": holder.pk, "begins": "2026-11-23"}).status_code == 302
    assert Appointment.objects.get(seat=seat).follows.person == holder


# Invitations to print


def test_a_unit_prints_invitations_that_let_everybody_in(head):
    in_use = make.persona("office-head")
    in_use.set_password(PASSWORDS["password1"])
    in_use.save()
    make.signed_in(head, in_use)
    for name in ("甲", "乙"):
        make.person(name, "安徽师范大学", post="secretary")
    unit = make.unit("安徽师范大学")
    sheet = head.post(url("slips", unit.pk)).content.decode()
    links = set(re.findall(r"/accounts/link/[\w-]+/", sheet))
    assert len(links) == 2 and sheet.count("二维码") >= 2 and "甲" in sheet and "周岚　" not in sheet
    for link in links:
        assert Client().post(link, PASSWORDS).status_code == 302
    assert "没有需要由你邀请的人员" in head.post(url("slips", unit.pk)).content.decode()


def test_a_liaison_prints_invitations_only_for_whom_it_answers():
    client = as_("liaison")
    in_use = make.persona("liaison")
    in_use.set_password(PASSWORDS["password1"])
    in_use.save()
    make.signed_in(client, in_use)
    make.persona("vice-president"), make.persona("secretary")
    sheet = client.post(url("slips", make.unit("安徽师范大学").pk)).content.decode()
    assert "何静" in sheet and "高远" not in sheet


# The sheet


HEAD = ("姓名", "单位", "职务", "邮箱", "手机")
ZHAO = ("赵晓", "阜阳师范大学", "主要工作人员", "", "13800001234")


def workbook(*lines):
    rows = [[*line, *[""] * (len(HEAD) - len(line))] for line in lines]
    return SimpleUploadedFile("通讯录.xlsx", write_sheet("通讯录", [Column(title) for title in HEAD], rows))


def upload(client, *lines):
    return client.post(url("import"), {"file": workbook(*lines)})


def test_a_sheet_with_faults_names_them_all_and_writes_nothing():
    client = as_("secretariat")
    response = upload(client, ("", "火星大学", "校长"), ("赵晓", "安徽师范大学", "大总管"))
    text = response.content.decode()
    assert response.status_code == 422
    assert "第2行" in text and "火星大学" in text and "第3行" in text and "大总管" in text
    assert 'name="rows"' not in text and not Person.objects.filter(name="赵晓").exists()


def test_a_sound_sheet_is_shown_then_taken_over():
    client = as_("secretariat")
    shown = upload(client, ZHAO).content.decode()
    assert "新登记，任命主要工作人员" in shown and not Person.objects.filter(name="赵晓").exists()
    (rows,) = re.findall(r'name="rows"\s+value="([^"]+)"', shown)
    assert client.post(url("import"), {"rows": rows}).url == url("list")
    assert Appointment.objects.get(person__name="赵晓").post.key == "liaison"
    again = upload(client, ZHAO)
    assert "没有需要写入的变化" in again.content.decode()


def test_what_was_previewed_cannot_be_altered():
    client = as_("secretariat")
    shown = upload(client, ZHAO).content.decode()
    (rows,) = re.findall(r'name="rows"\s+value="([^"]+)"', shown)
    assert client.post(url("import"), {"rows": rows[:-3] + "abc"}).status_code == 422
    assert not Person.objects.filter(name="赵晓").exists()


def test_no_sheet_is_no_sheet():
    response = as_("secretariat").post(url("import"), {"file": SimpleUploadedFile("a.xlsx", b"not a sheet")})
    assert response.status_code == 422 and "打不开这个文件" in response.content.decode()


def test_the_template_can_be_read_back_and_names_each_units_posts():
    client = as_("secretariat")
    content = client.get(url("template")).content
    rows = read_sheet(content)
    assert {row.text("单位") for row in rows} >= {"北京师范大学", "安徽省教育厅"}
    posts = {row.text("职务") for row in rows if row.text("单位") == "阜阳师范大学"}
    assert posts == {"牵头部门(处室)负责同志", "主要工作人员"}


@pytest.mark.parametrize("who", ["pair-office", "vice-president", "expert", "ministry"])
def test_who_keeps_nobody_has_no_import(who):
    assert as_(who).get(url("import")).status_code == 404


# Pickers


def test_people_are_picked_by_initials_with_the_posts_of_the_day(head):
    Person.objects.filter(pk=of("expert").pk).update(initials="qw")
    (found,) = head.get(url("pick-people"), {"q": "QW"}).json()
    assert found == {"value": of("expert").pk, "text": "钱文", "note": "专家委员会委员"}
    (before,) = head.get(url("pick-people"), {"q": "钱", "on": "2020-01-01"}).json()
    assert before["note"] == "北京师范大学"
    make.persona("outsider")
    assert head.get(url("pick-people"), {"q": "白雪"}).json() == []


@pytest.mark.parametrize("typed, name", [("阜阳", "阜阳师范大学"), ("xcmzyz", "西昌民族幼儿师范高等专科学校")])
def test_units_are_picked_by_name_or_initials(head, typed, name):
    assert name in [one["text"] for one in head.get(url("pick-units"), {"q": typed}).json()]


def test_history_names_the_act_once_however_often_a_form_is_sent(head):
    unit, once = make.unit("安徽师范大学"), "6b1c8a1e-32c3-4f63-9bb4-4d2a4f0f8a11"
    for _ in range(2):
        head.post(url("new", unit.pk), {"name": "赵晓", "once": once})
    assert Person.objects.filter(name="赵晓").count() == 1
    assert Entry.objects.filter(code="directory.add_person").count() == 1


# Out


def test_an_export_says_what_for_and_for_whom_and_is_kept():
    client = as_("secretariat")
    person = of("liaison")
    person.phone = "13800001234"
    person.save()
    assert client.post(url("export"), {"purpose": "发会议通知"}).status_code == 422
    sent = client.post(url("export", q="孙"), {"purpose": "发会议通知", "receiver": "教务部"})
    first, last = read_sheet(sent.content)
    assert (first.text("姓名"), first.text("职务"), first.text("手机")) == ("孙涛", "主要工作人员", "13800001234")
    assert "发会议通知" in last.text("姓名") and "王敏" in last.text("姓名")
    assert Entry.objects.latest("pk").note == "用途：发会议通知；接收方：教务部"


def test_a_unit_exports_other_units_numbers_masked(head):
    Person.objects.filter(pk=of("expert").pk).update(phone="13800001234")
    sent = head.post(url("export", q="钱"), {"purpose": "通知", "receiver": "本人"})
    assert read_sheet(sent.content)[0].text("手机") == "138****1234"
    assert as_("pair-office").get(url("export")).status_code == 404


def test_contacts_of_who_left_are_erased_on_request(head):
    person = of("liaison")
    Person.objects.filter(pk=person.pk).update(phone="13800001234", email="st@ahnu.edu.cn")
    assert head.post(url("erase", person.pk)).status_code == 422
    head.post(url("close", person.pk))
    head.post(url("erase", person.pk))
    person.refresh_from_db()
    assert (person.phone, person.email, person.user.email, person.name) == ("", "", "", "孙涛")
