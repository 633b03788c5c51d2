"""A sheet of people and posts: all faults at once by row and column, nothing half taken over, twice changes nothing."""

from datetime import date
from itertools import zip_longest

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.documents.sheet import SheetRow
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.directory import actions, intake
from tizhi.pipeline.directory.models import Appointment, Person

pytestmark = pytest.mark.django_db
HEAD = ("姓名", "单位", "职务", "邮箱", "手机")


def sheet(*lines, head=HEAD):
    return [SheetRow(number, dict(zip_longest(head, line))) for number, line in enumerate(lines, start=2)]


def plan(who, *lines, head=HEAD):
    return intake.plan(make.actor(who), make.bnu(), intake.read(sheet(*lines, head=head)))


def take_over(who, *lines, head=HEAD):
    actions.import_people(make.actor(who), make.bnu(), rows=intake.read(sheet(*lines, head=head)))


CONTACTS = [
    ("赵晓", "安徽师范大学", "牵头部门(处室)负责同志", "zx@ahnu.edu.cn", "13800000001"),
    ("钱进", "安徽师范大学", "主要工作人员", "qj@ahnu.edu.cn", 13800000002),
    ("孙立", "阜阳师范大学", "主要工作人员", "", "0558-2596000"),
]


def test_people_and_posts_are_taken_over_as_a_whole():
    take_over("secretariat", *CONTACTS)
    held = {str(one) for one in Appointment.objects.filter(post__isnull=False).select_related("person", "unit")}
    assert held == {
        "赵晓任安徽师范大学牵头部门(处室)负责同志", "钱进任安徽师范大学主要工作人员", "孙立任阜阳师范大学主要工作人员",
    }  # fmt: skip
    assert Person.objects.get(name="钱进").phone == "13800000002"
    assert Entry.objects.filter(code="directory.import_people").count() == 1
    assert Appointment.objects.filter(follows__isnull=False, person__name="赵晓").exists()


def test_the_same_sheet_a_second_time_changes_nothing():
    take_over("secretariat", *CONTACTS)
    before = Person.objects.count(), Appointment.objects.count()
    again = plan("secretariat", *CONTACTS)
    assert (again.steps, again.faults, again.unchanged) == ([], [], 3)
    take_over("secretariat", *CONTACTS)
    assert (Person.objects.count(), Appointment.objects.count()) == before


def test_what_will_happen_is_said_before():
    take_over("secretariat", *CONTACTS[:1])
    told = plan("secretariat", ("赵晓", "安徽师范大学", "", "", "13900000001"), *CONTACTS[1:])
    assert [step.words for step in told.steps] == ["修改手机", "新登记，任命主要工作人员", "新登记，任命主要工作人员"]


def test_an_empty_cell_erases_nothing():
    take_over("secretariat", *CONTACTS)
    take_over("secretariat", ("赵晓", "安徽师范大学", "", "", ""))
    assert Person.objects.get(name="赵晓").email == "zx@ahnu.edu.cn"


FAULTS = [
    (("", "安徽师范大学", "秘书"), "姓名", "请填写姓名"),
    (("王敏", "", "秘书"), "单位", "请填写单位"),
    (("王敏", "火星师范大学", "秘书"), "单位", "没有“火星师范大学”"),
    (("王敏", "安徽师范大学", "大总管"), "职务", "没有“大总管”这一职务，可以写：“党委书记”"),
    (("王敏", "安徽师范大学", "教育厅分管同志"), "职务", "没有“教育厅分管同志”"),
    (("王敏", "安徽师范大学", "校长"), "职务", "由所在单位任命"),
    (("王敏", "安徽师范大学", "主要工作人员", "wm#bnu"), "邮箱", "邮箱格式不对"),
    (("王敏", "安徽师范大学", "主要工作人员", "", "1380000"), "手机", "手机号码应为11位数字"),
    (("王敏", "安徽师范大学", "主要工作人员", "taken@ahnu.edu.cn"), "邮箱", "已用于另一账号"),
    (("王敏", "北京师范大学", "主要工作人员"), "职务", "该职务限1人，已有古月"),
]


@pytest.fixture
def some_people():
    make.bnu()
    user = make.person("毛遂", "安徽师范大学", email="taken@ahnu.edu.cn").user
    user.email = "taken@ahnu.edu.cn"
    user.save()
    make.person("古月", "北京师范大学", post="liaison")


@pytest.mark.parametrize("line, column, sentence", FAULTS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_fault_names_row_and_column_and_what_to_do(some_people, line, column, sentence):
    (fault,) = plan("secretariat", line).faults
    assert (fault.row, fault.column) == (2, column) and sentence in fault.sentence


def test_all_faults_come_at_once_and_nothing_is_taken_over(some_people):
    lines = [*CONTACTS[2:], *(line for line, _, _ in FAULTS)]
    found = plan("secretariat", *lines).faults
    assert [fault.row for fault in found] == list(range(3, 13))
    people = Person.objects.count()
    with pytest.raises(RuleBroken, match="10处"):
        take_over("secretariat", *lines)
    assert Person.objects.count() == people


def test_faults_between_rows():
    told = plan(
        "secretariat",
        ("赵晓", "安徽师范大学", "主要工作人员", "zx@ahnu.edu.cn"),
        ("钱进", "阜阳师范大学", "主要工作人员", "ZX@ahnu.edu.cn"),
        ("赵晓", "安徽师范大学", "", "", "13800000001"),
        ("孙立", "安徽师范大学", "主要工作人员"),
    )
    assert [(fault.row, fault.column) for fault in told.faults] == [(3, "邮箱"), (4, "手机"), (5, "职务")]
    assert "与第2行" in told.faults[0].sentence and "与第2行" in told.faults[1].sentence
    assert "表中前面的人员" in told.faults[2].sentence


def test_one_person_in_two_rows_gets_two_posts():
    head = ("赵晓", "安徽师范大学", "牵头部门(处室)负责同志", "zx@ahnu.edu.cn")
    take_over("secretariat", head, ("赵晓", "安徽师范大学", "主要工作人员"))
    posts = Appointment.objects.filter(person=Person.objects.get(name="赵晓"), post__isnull=False)
    assert set(posts.values_list("post__key", flat=True)) == {"office-head", "liaison"}


def test_namesakes_are_told_apart_by_number_or_mail():
    make.bnu()
    unit = make.unit("安徽师范大学")
    for phone in ("13800000001", "13800000002"):
        Person.objects.create(name="赵晓", unit=unit, phone=phone)
    (fault,) = plan("secretariat", ("赵晓", "安徽师范大学", "主要工作人员")).faults
    assert fault.column == "姓名" and "有2位赵晓" in fault.sentence
    take_over("secretariat", ("赵晓", "安徽师范大学", "主要工作人员", "", "13800000002"))
    assert Appointment.objects.get(post__key="liaison").person.phone == "13800000002"


@pytest.mark.parametrize("column", ["联系电话", "手机号", "手 机", "电话"])
def test_offices_call_the_columns_as_they_do(column):
    head = ("人员姓名", "所在单位", "任职", column)
    (row,) = intake.read(sheet(("赵晓", "安徽师大", "主要工作人员", 13800000001), head=head))
    assert (row.name, row.unit, row.post, row.phone) == ("赵晓", "安徽师大", "主要工作人员", "13800000001")


@pytest.mark.parametrize("post", ["牵头部门（处室）负责同志", "牵头部门(处室)负责同志 ", "牵头部门 (处室) 负责同志"])
@pytest.mark.parametrize("unit", ["西昌民族幼专", "西昌民族幼儿师范高等专科学校", "西昌民族幼专　"])
def test_units_and_posts_are_known_however_they_are_typed(unit, post):
    assert plan("secretariat", ("赵晓", unit, post)).faults == []


def test_a_missing_column_is_named():
    with pytest.raises(RuleBroken, match="表头缺少“单位”“职务”"):
        intake.read(sheet(("赵晓",), head=("姓名", "手机")))
    with pytest.raises(RuleBroken, match="没有人员"):
        intake.read([])


def test_a_unit_takes_over_its_own_people_and_may_leave_the_unit_out():
    make.bnu()
    told = plan("office-head", ("赵晓", "", "校长"), ("钱进", "阜阳师范大学", "秘书"))
    assert [step.words for step in told.steps] == ["新登记，任命校长"]
    assert [(fault.row, fault.column) for fault in told.faults] == [(3, "单位")]


def test_a_liaison_takes_over_no_post_beyond_its_own():
    make.bnu()
    told = plan("liaison", ("赵晓", "", "校长"), ("钱进", "", "秘书"))
    assert [(fault.row, fault.column) for fault in told.faults] == [(2, "职务")]


@pytest.mark.parametrize("who", ["pair-office", "vice-president", "expert", "administrator", "outsider", "nobody"])
def test_nobody_else_takes_over_a_sheet(who):
    make.bnu()
    with pytest.raises(Denied):
        actions.import_people(make.actor(who), make.bnu(), rows=[])


def test_reading_a_long_sheet_asks_no_more_than_a_short_one():
    make.bnu()
    actor, cluster = make.actor("secretariat"), make.bnu()
    counts = []
    for size in (1, 60):
        lines = [(f"赵{number}", "阜阳师范大学", "") for number in range(size)]
        with CaptureQueriesContext(connection) as asked:
            intake.plan(actor, cluster, intake.read(sheet(*lines)))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_a_new_post_holds_from_today():
    take_over("secretariat", *CONTACTS[:1])
    assert Appointment.objects.get(post__key="office-head").begins == date(2026, 11, 23)
