"""核对变化: before a scheme is put in force, sentences say what it would change."""

from datetime import date

import pytest

from tests import make
from tests.scheme.applied import REPAIRED, apply, state
from tests.scheme.writing import GONE, changed
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.declared import read
from tizhi.pipeline.scheme.difference import difference
from tizhi.pipeline.scheme.in_words import chapters
from tizhi.pipeline.scheme.preview import preview


def told(*changes) -> list[str]:
    return [str(change) for change in difference(read(make.real_text()), read(changed(*changes)))]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("pair[3].partner", "ahnu"), "新增 结对“安徽师范大学—阿坝师范学院”"),
        (("pair[3]", GONE), "结束 结对“西北师范大学—阿坝师范学院”"),
        (("unit[abtu].name", "阿坝师范大学"), "变更 单位“阿坝师范大学”：名称由“阿坝师范学院”改为“阿坝师范大学”"),
        (("unit[abtu].province", GONE), "变更 单位“阿坝师范学院”：不再写明所在省份“四川省”"),
        (("unit[abtu].to", date(2027, 8, 31)), "变更 单位“阿坝师范学院”：写明终止日期“2027年8月31日”"),
        (("unit[nwnu].roles", ["partner", "supported"]), "变更 单位“西北师范大学”：角色增加“重点支持院校”"),
        (("conference.ranks", ["president", "dean"]), "出席人员的职务"),
        (("briefs.due_workdays", 8), "变更 信息报送：活动结束后几个工作日内报送为及时由“5个工作日”改为“8个工作日”"),
        (("consultations", GONE), "结束 问诊"),
        (("body[project-group].seat[2].count", 5), "变更 机构“项目组”：变更席位“组员”：人数由“2”改为“5”"),
        (("body[project-group].seat[2]", GONE), "变更 机构“项目组”：结束席位“组员”"),
        (("body[expert-committee].nominated_by", GONE), "不再写明由谁提名“提名单位：北京师范大学，提名部门：教务部”"),
        (("obligation[quarterly-report].due", GONE), "不再写明期限“本期结束后10个工作日内”"),
        (("plan[year].revision_from", "agreed"), "修订时从哪一步重新办起由“拟订”改为“受援院校确认”"),
    ],
)
def test_every_change_is_a_sentence(change, sentence):
    assert any(sentence in line for line in told(change))


def test_no_change_says_nothing_and_two_changes_say_two():
    assert told() == []
    assert len(told(("pair[3].partner", "ahnu"), ("briefs.due_workdays", 8))) == 3


def test_the_order_of_steps_is_a_change():
    steps = [{"id": "b", "name": "乙"}, {"id": "a", "name": "甲"}]
    common = {"by": ["partner"], "evidence": {"confirmed": True}}
    there, back = ([{**step, **common} for step in order] for order in (steps, steps[::-1]))
    old = read(changed(("plan[year].step", there), ("plan[year].revision_from", GONE)))
    new = read(changed(("plan[year].step", back), ("plan[year].revision_from", GONE)))
    assert [str(change) for change in difference(old, new)] == [
        "变更 计划（一校一策）“年度工作计划”：变更计划步骤“排列”：顺序有调整"
    ]


def test_the_whole_scheme_can_be_read_without_ids():
    scheme = read(make.real_text())
    told = {chapter.title: chapter for chapter in chapters(scheme)}
    visit = next(entry for entry in told["履约事项"].entries if entry.title == "召开联席会议")
    assert visit.source == "四(二)"
    assert {line.label: line.chosen for line in visit.lines}["每期一次"]
    ids = {unit.id for unit in scheme.units} | {post.id for post in scheme.posts} | {body.id for body in scheme.bodies}
    words = [line.words for chapter in told.values() for entry in chapter.entries for line in entry.lines]
    assert not [text for text in words if ids & set(text.replace("：", "、").replace("，", "、").split("、"))]


@pytest.mark.django_db
def test_a_first_load_shows_which_units_are_already_here():
    make.bnu()
    shown = preview(make.example_text("cnu"))
    assert shown.is_first and shown.begins == date(2022, 5, 1)
    matched = {match.entry.name: match.known_by for match in shown.matches}
    assert matched["教育部"] == "名称"
    assert matched["首都师范大学"] == ""
    assert "单位“教育部”：即本平台已有的单位（名称相同）。" in shown.lines()


@pytest.mark.django_db
def test_a_later_load_shows_only_what_is_new_and_changes_nothing():
    make.bnu()
    before = state()
    shown = preview(changed(*REPAIRED, ("unit[abtu].name", "阿坝师范大学")), date(2026, 9, 1))
    assert state() == before
    assert (shown.after, shown.begins) == (1, date(2026, 9, 1))
    assert [str(match) for match in shown.matches] == [
        "单位“阿坝师范大学”：即本平台已有的单位（学校标识码相同，现名“阿坝师范学院”）。"
    ]
    assert shown.lines()[0] == "“北京师范大学组团”的方案自2026年9月1日起施行：第2版。"


@pytest.mark.django_db
def test_the_text_in_force_needs_no_applying():
    make.bnu()
    assert preview(make.real_text()).lines() == ["“北京师范大学组团”现行方案与此文件相同，无须施行。"]
    assert preview(make.real_text() + "# 注\n").lines()[-1] == "内容没有变化，只保存新的文本。"


@pytest.mark.django_db
def test_what_cannot_be_applied_cannot_be_previewed():
    make.bnu()
    apply(changed(*REPAIRED), begins=date(2026, 9, 1))
    with pytest.raises(RuleBroken, match="2026年9月1日"):
        preview(make.real_text(), date(2026, 8, 1))
    with pytest.raises(RuleBroken, match="处问题"):
        preview("format = 2")
