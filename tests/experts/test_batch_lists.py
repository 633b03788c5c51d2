"""Lists of nominees however they were written, with faults, hostile, huge or empty: each row is told what is wrong."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tizhi.base.accounts.models import User
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.experts import actions, batch, intake
from tizhi.pipeline.experts.models import Nomination
from tizhi.pipeline.scheme.models import Seat

from .building import appointed, candidate, committee, nomination, nominator, seat
from .listing import (
    HEAD,
    LUOHENG,
    TIANYE,
    fields_of,
    paste,
    pasted,
    send_back,
    text_of,
    upload,
    url,
    workbook,
)

pytestmark = pytest.mark.django_db


# How lists are written


@pytest.mark.parametrize(
    "text",
    [
        "田野\t四川师范大学\t教授\t教师教育\t\t熟悉，可靠。",
        "田野，四川师范大学，教授，教师教育，，熟悉，可靠。",
        "田野,四川师范大学,教授,教师教育,,熟悉，可靠。",
        "田野、四川师范大学、教授、教师教育、、熟悉；可靠。",
        "\n\n专家委员会推荐名单\n序号\t所在单位\t姓名\t职务/职称\t专长\t推荐理由\n"
        "1\t四川师范大学\t田　野\t教授\t教师教育\t熟悉，可靠。",
        '姓名\t单位\t职称\t专业特长\t提名理由\n田野\t四川师范大学\t教授\t教师教育\t"熟悉，\n可靠。"',
        '姓名\t单位\t职称\t专业特长\t提名理由\n田野\t四川师范大学\t教授\t教师教育\t"熟悉，可靠。',
    ],
)
def test_a_list_is_read_however_it_was_written(text):
    (row,) = intake.read_text(text, "委员")
    assert (row.name, row.unit, row.title, row.speciality, row.seat) == (
        "田野", "四川师范大学", "教授", "教师教育", "委员",
    )  # fmt: skip
    assert re.sub(r"[\s\"]", "", row.reason) in ("熟悉，可靠。", "熟悉；可靠。")


def test_rows_written_as_text_are_read_as_they_were():
    rows = intake.read_text(pasted(TIANYE, ("罗衡", "西北师范大学", "", '"好"', "", "第一行")), "委员")
    assert intake.read_text(intake.as_text(rows)) == rows
    assert len(list(csv.reader(io.StringIO(intake.as_text(rows)), delimiter="\t"))) == 3


def test_units_go_by_short_names_too():
    candidate(unit="西昌民族幼儿师范高等专科学校")
    rows = intake.read_text(pasted(("田野", "西昌民族幼专", *TIANYE[2:])), "委员")
    (line,) = batch.plan(nominator(), committee(), rows)
    assert line.is_sound and line.person.name == "田野"


# Faults stand at their rows


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": ""}, "name", "请填写姓名"),
        ({"unit": ""}, "unit", "请填写单位"),
        ({"unit": "火星师范大学"}, "unit", "没有“火星师范大学”，请写成员单位的全称或简称"),
        ({"speciality": ""}, "speciality", "请填写专业特长"),
        ({"reason": ""}, "reason", "请写明提名理由"),
        ({"reason": "长" * 1001}, "reason", "不超过1000字"),
        ({"title": "长" * 61}, "title", "不超过60字"),
        ({"areas": "民族教育"}, "areas", "没有“民族教育”这项重点内容，可以写：“人才队伍建设”"),
        ({"seat": "荣誉委员"}, "seat", "没有“荣誉委员”这一席位，可以写：“主任委员”、“委员”"),
        ({"phone": "123"}, "phone", "手机号码应为11位数字"),
        ({"email": "luo#heng"}, "email", "邮箱格式不对"),
        ({"email": "taken@bnu.edu.cn"}, "email", "已用于另一账号"),
        ({"department": "长" * 81}, "department", "部门不超过80字"),
    ],
)
def test_a_fault_stands_at_its_field_and_the_row_is_kept(nominating, changed, field, sentence):
    User.objects.filter(pk=nominator().user_id).update(email="taken@bnu.edu.cn")
    said = dict(zip(("name", "unit", "title", "speciality", "areas", "reason"), LUOHENG, strict=True)) | changed
    head = [intake.COLUMNS[name][0] for name in said]
    shown = paste(nominating, tuple(said.values()), head=head)
    assert shown.status_code == 422
    at_field = re.search(rf'id="id_r2-{field}_error">(.*?)</p>', text_of(shown), re.S)
    assert at_field and sentence in at_field[1]
    sent = fields_of(shown)
    assert all(sent[f"r2-{name}"] == text for name, text in said.items() if text)
    assert send_back(nominating, shown).status_code == 422 and not Nomination.objects.exists()


def test_whoever_is_nominated_a_member_or_gone_is_told_at_the_row(nominating):
    nomination(candidate("甲"))
    appointed(candidate("乙"), number="〔2026〕第9号")
    candidate("丙", is_open=False)
    shown = paste(nominating, *[(name, *TIANYE[1:]) for name in "甲乙丙"])
    page = text_of(shown)
    assert "甲已被提名为委员，正在办理" in page and "乙现任委员，任期届满前90天起可以提名续聘" in page
    assert "丙已不在册" in page and "3人需要修改" in page


def test_a_term_that_ends_soon_may_be_renewed(nominating):
    appointed(candidate("乙"), ends=date(2027, 1, 31))
    assert "共1人：1人可以提名" in text_of(paste(nominating, ("乙", *TIANYE[1:])))


def test_the_same_person_twice_is_told(nominating):
    candidate()
    shown = paste(nominating, TIANYE, LUOHENG, TIANYE, LUOHENG)
    page = text_of(shown)
    assert "与第2行是同一人" in page and "与第3行是同一人" in page and "2人可以提名" in page


def test_namesakes_are_told_apart_by_their_department(nominating):
    candidate(department="教育学院"), candidate(department="文学院")
    assert "四川师范大学有2位田野，按部门分不清" in text_of(paste(nominating, TIANYE))
    shown = paste(nominating, (*TIANYE, "文学院"), head=(*HEAD, "部门"))
    send_back(nominating, shown)
    assert Nomination.objects.get().person.department == "文学院"


def test_no_more_are_taken_than_there_are_seats(nominating):
    nomination(candidate("甲"))
    rows = [(f"新人{number}", *LUOHENG[1:]) for number in range(5)]
    shown = paste(nominating, *rows)
    assert "3人可以提名" in text_of(shown) and text_of(shown).count("“委员”还可提名3人，名单中前面的人已满") == 4
    full = paste(nominating, *rows[:2], seat=seat("秘书").pk)
    assert "1人可以提名" in text_of(full)
    nomination(candidate("秘"), "秘书")
    assert "“秘书”共1席，已聘任和正在提名的已满" in text_of(paste(nominating, *rows[:1], seat=seat("秘书").pk))


# Hostile, huge, empty


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "名单里没有人员"),
        (" \n\t\n", "名单里没有人员"),
        (pasted(), "名单里没有人员"),
        (pasted(*[LUOHENG] * 101), "名单有101行，一次最多100行"),
        ("姓名\t职称\n罗衡\t教授", "表头缺少“单位”"),
        ("长" * 200_001, "200000"),
        ("姓名\t单位\n" + "长" * 150_000, "没有读懂粘贴的内容"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_a_sentence_and_kept(nominating, text, sentence):
    answer = paste(nominating, text=text)
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert text.strip()[:50] in text_of(answer)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a sheet", "打不开这个文件"),
        (b"", "空"),
        (b"PK\x03\x04broken", "打不开这个文件"),
        (workbook(), "没有数据"),
        (workbook(*[LUOHENG] * 101), "一次最多100行"),
        (workbook(("罗衡", "教授"), head=("姓名", "职称")), "表头缺少“单位”"),
        (b"0" * (10 * 2**20 + 1), "文件超过10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_what_was_pasted_stays(nominating, content, sentence):
    answer = upload(nominating, content, text="留着的名单")
    assert answer.status_code == 422 and sentence in text_of(answer) and "留着的名单" in text_of(answer)


def test_hostile_words_are_shown_as_words_and_nothing_breaks(nominating):
    row = ("<script>alert(1)</script>\0", "西北师范大学", "=1+1", '"><img src=x>', "\x0b", "理由\x00")
    shown = paste(nominating, row)
    assert b"<script>alert" not in shown.content and b"<img src=x" not in shown.content
    for sent in ({}, {"r²-name": "甲"}, {"r99999999-name": "甲"}, {"r1-name": "\0"}, {"r1-name": "长" * 5000}):
        answer = nominating.post(url(), {"rows_read": "", "nominate": "1", **sent})
        assert answer.status_code in (302, 422)
    many = {f"r{number}-name": "甲" for number in range(1, 102)}
    assert nominating.post(url(), {"rows_read": "", **many}).url == url()
    assert not Nomination.objects.exists()


def test_a_broken_address_opens_the_empty_form(nominating):
    assert nominating.get(f"{url()}?seat=x").status_code == 200


def test_a_long_list_asks_no_more_than_a_short_one(nominating):
    Seat.objects.filter(pk=seat().pk).update(count=80)

    def cost(*rows):
        with CaptureQueriesContext(connection) as seen:
            assert "人可以提名" in text_of(paste(nominating, *rows))
        return len(seen)

    candidate()
    rows = [TIANYE, LUOHENG]
    cost(*rows)  # the first page of a session costs a little more
    before = cost(*rows)
    for number in range(49):
        person = candidate(f"候选{number}", department="教育学院")
        nomination(person) if number % 3 == 0 else None
        rows += [(person.name, *TIANYE[1:]), (f"新人{number}", *LUOHENG[1:])]
    assert cost(*rows) == before <= 40


def test_a_row_is_sound_where_the_single_act_takes_it_and_told_the_same_where_not():
    nomination(candidate())
    for line in batch.plan(nominator(), committee(), intake.read_text(pasted(TIANYE, LUOHENG), "委员")):
        if line.is_sound:
            actions.nominate(nominator(), committee(), **line.given)
        else:
            with pytest.raises(RuleBroken) as refused:
                actions.nominate(nominator(), committee(), **line.given)
            assert refused.value.message in line.faults.values()
