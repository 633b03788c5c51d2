"""问卷的办理: who makes a survey, what may change once somebody answered, inviting and urging."""

import copy

import pytest

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.base.notices.models import Notice
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.surveys import actions, edits, queries
from tizhi.pipeline.surveys.actions import Invited
from tizhi.pipeline.surveys.checks import checked
from tizhi.pipeline.surveys.models import Survey

from .building import FORM, answered, invitation, moment, survey

pytestmark = pytest.mark.django_db


def _member(unit="安徽师范大学"):
    return Member.objects.get(unit__name=unit, cluster=make.bnu())


@pytest.mark.parametrize("persona", ["liaison", "pair-office", "office-head", "project-group", "secretary"])
def test_who_works_for_a_university_makes_its_surveys(persona):
    made = actions.start_survey(make.actor(persona), _member(), title="  教师 问卷 ", way="link")
    assert (made.title, made.state, made.unit.name) == ("教师 问卷", "draft", "安徽师范大学")
    assert Entry.objects.latest("pk").label == "发起问卷"


@pytest.mark.parametrize(
    "persona", ["supported-school", "expert", "department", "leading-group", "ministry", "outsider", "administrator"]
)
def test_nobody_makes_a_survey_for_anothers_unit(persona):
    with pytest.raises(Denied):
        actions.start_survey(make.actor(persona), _member(), title="问卷")
    with pytest.raises(Denied):
        actions.write_form(make.actor(persona), survey(), form=FORM)


def test_a_departments_people_make_none():
    leader = make.person("江河", "安徽省教育厅", post="liaison").user
    assert queries.member_made_for(make.actor(leader)) is None
    with pytest.raises(Denied):
        actions.start_survey(make.actor(leader), _member("安徽省教育厅"), title="问卷")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"), ({"title": "长" * 121}, "title"), ({"title": "问卷", "way": "fax"}, "way"),
        ({"title": "问卷", "closes_at": moment(22)}, "closes_at"), ({"title": "问卷", "study_id": 999999}, "study_id"),
    ],
)  # fmt: skip
def test_settings_that_cannot_stand_are_named(given, field):
    with pytest.raises(RuleBroken) as broken:
        actions.start_survey(make.actor("liaison"), _member(), **given)
    assert field in broken.value.fields


def test_it_is_opened_when_its_questions_are_whole_and_closed_and_opened_again():
    liaison = make.actor("liaison")
    one = actions.start_survey(liaison, _member(), title="问卷", way="link")
    with pytest.raises(RuleBroken, match="还没有题目"):
        actions.open_survey(liaison, one)
    actions.write_form(liaison, one, form=FORM)
    one = actions.open_survey(liaison, one)
    assert one.opened_at == clock.now()
    with pytest.raises(RuleBroken, match="已经开放过"):
        actions.open_survey(liaison, one)
    with pytest.raises(RuleBroken, match="先结束填写"):
        actions.bin_survey(liaison, one)
    with pytest.raises(RuleBroken, match="不能再改填写方式"):
        actions.change_survey(liaison, one, way="invited")
    actions.close_survey(liaison, one)
    with pytest.raises(RuleBroken, match="先重新开放"):
        actions.write_form(liaison, one, form=FORM)
    Survey.objects.update(closes_at=moment(1))
    assert actions.reopen_survey(liaison, one).closes_at is None
    actions.close_survey(liaison, one)
    actions.bin_survey(liaison, one)
    with pytest.raises(RuleBroken, match="回收站"):
        actions.reopen_survey(liaison, one)
    assert actions.restore_survey(liaison, one).binned_at is None


def test_a_copy_takes_the_questions_and_none_of_the_answers():
    one = survey()
    answered(one)
    made = actions.copy_survey(make.actor("liaison"), one)
    assert (made.form, made.state, queries.has_answers(made)) == (FORM, "draft", False)
    assert made.secret != one.secret


def test_two_people_wording_at_once_are_told():
    one = survey(state="draft")
    liaison = make.actor("liaison")
    actions.write_form(liaison, one, version=1, form=FORM)
    with pytest.raises(Stale):
        actions.write_form(make.actor("office-head"), one, version=1, form={"pages": []})


# What may change once somebody has answered


def _turned(change):
    form = copy.deepcopy(FORM)
    change(form["pages"][0]["questions"], form["pages"][1]["questions"], form["pages"])
    return form


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda first, second, pages: first.pop(1), "第2题“每周课时”已有答案，不能删除"),
        (lambda first, second, pages: second[0]["options"].pop(0), "“访学”已有人选，不能删除"),
        (lambda first, second, pages: second[0].pop("other"), "“其他”已有人选，不能删除"),
        (lambda first, second, pages: second[1].update(last=10), "不能改打分范围"),
        (lambda first, second, pages: second[2]["rows"].pop(0), "“课堂教学”已有人选，不能删除"),
        (lambda first, second, pages: first[1].pop("show"), "不能改显示条件"),
        (lambda first, second, pages: first[1].update(unit="小时"), "不能改单位"),
        (
            lambda first, second, pages: second.__setitem__(3, {"id": "q6", "kind": "number", "title": "意见"}),
            "不能改题型",
        ),
        (
            lambda first, second, pages: pages[1].update(show={"question": "q1", "is": "contains", "value": "a1"}),
            "第2页的题目已有答案，不能改显示条件",
        ),
    ],
)
def test_what_answers_mean_stands(change, words):
    one = survey()
    answered(one)
    with pytest.raises(RuleBroken) as broken:
        actions.write_form(make.actor("liaison"), one, form=_turned(change))
    assert words in broken.value.message and "文字可以修改" in broken.value.message
    assert Survey.objects.get().form == FORM


@pytest.mark.parametrize(
    "change",
    [
        lambda first, second, pages: first[0].update(title="是否承担师范类专业课程"),
        lambda first, second, pages: second[0]["options"][0].update(text="国内访学"),
        lambda first, second, pages: second[0]["options"].pop(1),
        lambda first, second, pages: second[0]["options"].append({"id": "a4", "text": "读书会"}),
        lambda first, second, pages: second.append({"id": "q8", "kind": "text", "title": "还有什么想说的"}),
        lambda first, second, pages: second.pop(4),
    ],
)
def test_texts_are_put_right_and_what_nobody_chose_may_go(change):
    one = survey()
    answered(one)
    form = _turned(change)
    actions.write_form(make.actor("liaison"), one, form=form)
    assert Survey.objects.get().form == form


# Hostile descriptions


@pytest.mark.parametrize(
    "form",
    [
        None, [], "x", 7, {"pages": {}}, {"pages": [1]}, {"pages": [], "evil": 1},
        {"pages": [{"id": "p1", "questions": [{"id": "q1", "kind": "exec", "title": "x"}]}]},
        {"pages": [{"id": "p1", "questions": [{"id": "q1", "kind": "text", "title": ["x"]}]}]},
        {"pages": [{"id": "p1", "questions": [{"id": "q1.other", "kind": "text", "title": "x"}]}]},
        {"pages": [{"id": "../p", "questions": []}]},
        {"pages": [{"id": "p1", "questions": [{"id": "q1", "kind": "scale", "title": "x", "first": "1"}]}]},
        {"pages": [{"id": "p1", "questions": [{"id": "q1", "kind": "scale", "title": "x", "first": True}]}]},
        {"pages": [{"id": "p1", "questions": [{"id": "q1", "kind": "number", "title": "x", "least": "0"}]}]},
        {"pages": [{"id": "p1", "questions": [{"id": "q1", "kind": "single", "title": "x", "options": "ab"}]}]},
        {"pages": [{"id": "p1", "questions": [{"id": "q1", "kind": "text", "title": "x", "onclick": "y"}]}]},
        {"pages": [{"id": "p1", "title": "长" * 400_000, "questions": []}]},
    ],
)  # fmt: skip
def test_what_is_no_description_is_refused_in_a_sentence(form):
    with pytest.raises(RuleBroken, match=r"题目的内容无法识别|题目内容太多"):
        actions.write_form(make.actor("liaison"), survey(state="draft"), form=form)


def test_all_faults_are_named_at_once_each_with_its_question():
    broken_form = {
        "pages": [
            {
                "id": "p1",
                "questions": [
                    {"id": "q1", "kind": "single", "title": "甲", "options": [{"id": "a1", "text": "唯一"}]},
                    {"id": "q2", "kind": "text", "title": " "},
                    {"id": "q3", "kind": "scale", "title": "丙", "first": 1, "last": 99},
                    {"id": "q4", "kind": "text", "title": "丁", "show": {"question": "q9", "is": "equals", "value": 1}},
                    {"id": "q5", "kind": "number", "title": "戊", "least": 5, "most": 1, "decimals": 9},
                    {"id": "q5", "kind": "matrix", "title": "己", "rows": [], "options": []},
                    {"id": "q7", "kind": "multiple", "title": "庚", "most": 9,
                     "options": [{"id": "a1", "text": "同"}, {"id": "a1", "text": "同"}]},
                    {"id": "q8", "kind": "text", "title": "辛",
                     "show": {"question": "q1", "is": "contains", "value": "a8"}},
                    {"id": "q9", "kind": "text", "title": "壬", "show": {"all": []}},
                ],
            }
        ]
    }  # fmt: skip
    with pytest.raises(RuleBroken) as broken:
        checked(broken_form)
    for words in (
        "第1题“甲”：至少要有2个选项", "第2题“ ”：请写明题目", "第3题“丙”：打分的范围",
        "第4题“丁”的显示条件用到的题目不在它的前面", "第5题“戊”：最小值大于最大值", "第5题“戊”：小数最多4位",
        "第6题“己”：至少要有一行", "有两道题的编号相同", "第7题“庚”：有两个选项的文字相同",
        "第7题“庚”：最多选几项", "第8题“辛”的显示条件用到的选项已不存在", "第9题“壬”的显示条件无法识别",
    ):  # fmt: skip
        assert words in broken.value.message, words


def test_a_condition_nested_without_end_is_refused():
    rule = {"question": "q1", "is": "contains", "value": "a1"}
    for _ in range(50):
        rule = {"all": [rule]}
    form = _turned(lambda first, second, pages: first[1].update(show=rule))
    with pytest.raises(RuleBroken, match="无法识别"):
        checked(form)


# The builder's steps


def test_the_builders_steps_keep_ids_apart():
    data = edits.with_question({}, "p1", {"kind": "text", "title": "甲"})
    data = edits.with_question(data, "p1", {"kind": "text", "title": "乙"})
    data = edits.with_page(data)
    assert [one["id"] for one in data["pages"][0]["questions"]] == ["q1", "q2"]
    data = edits.copied(data, "q1")
    assert [one["title"] for one in data["pages"][0]["questions"]] == ["甲", "甲", "乙"]
    assert len({one["id"] for one in data["pages"][0]["questions"]}) == 3
    data = edits.moved(data, "q2", 1)
    assert [one["id"] for one in data["pages"][1]["questions"]] == ["q2"]
    data = edits.moved(data, "q2", -1)
    assert data["pages"][0]["questions"][-1]["id"] == "q2"
    data = edits.copied(data, "p1")
    assert len({one["id"] for page in data["pages"] for one in page["questions"]}) == 6
    assert edits.removed(data, "p1")["pages"][0]["id"] != "p1"
    assert edits.removed(data, "nothing") == data


def test_lines_of_options_keep_what_they_mean():
    old = [{"id": "a1", "text": "访学"}, {"id": "a2", "text": "研修"}]
    assert edits.relined(old, ["研修", "访学"]) == [{"id": "a2", "text": "研修"}, {"id": "a1", "text": "访学"}]
    assert edits.relined(old, ["国内访学", "研修"])[0] == {"id": "a1", "text": "国内访学"}
    assert edits.relined(old, ["访学", "研修", "读书会"])[2] == {"id": "a3", "text": "读书会"}
    # Worded anew and taken away at once cannot be told apart: all is new.
    assert edits.relined(old, ["读书会"]) == [{"id": "a3", "text": "读书会"}]
    assert edits.relined(old, ["访学", "研修"], ["都没有"])[2] == {"id": "a3", "text": "都没有", "exclusive": True}


# Inviting and urging


def test_people_are_invited_by_number_and_by_name_and_not_twice():
    liaison, one = make.actor("liaison"), survey(way="invited")
    school = make.unit("阜阳师范大学").pk
    actions.invite(liaison, one, people=[Invited(school)] * 3)
    actions.invite(liaison, one, people=[Invited(school, "李梅"), Invited(school, "李梅"), Invited(school, "王强")])
    assert one.invitations.count() == 6
    assert len(set(one.invitations.values_list("secret", flat=True))) == 6
    with pytest.raises(RuleBroken, match="没有新的填写人"):
        actions.invite(liaison, one, people=[Invited(school, "王强"), Invited(school, "李梅")])
    actions.invite(liaison, one, people=[Invited(school, "王强"), Invited(school, "赵云")])
    assert list(one.invitations.order_by("order").values_list("name", flat=True))[-1] == "赵云"


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (lambda: [], "没有新的填写人"), (lambda: [Invited(999999)], "本组团的单位"),
        (lambda: [Invited(make.unit("内蒙古师范大学").pk)], "本组团的单位"),
        (lambda: [Invited(make.unit("阜阳师范大学").pk)] * 2001, "一次最多邀请2000人"),
    ],
)  # fmt: skip
def test_who_cannot_be_invited_is_refused(people, words):
    make.second_cluster()
    with pytest.raises(RuleBroken, match=words):
        actions.invite(make.actor("liaison"), survey(way="invited"), people=people())


def test_an_open_link_needs_no_invitations():
    with pytest.raises(RuleBroken, match="公开链接"):
        actions.invite(make.actor("liaison"), survey(), people=[Invited(make.unit("阜阳师范大学").pk)])


def test_links_that_nobody_used_are_taken_back():
    one = survey(way="invited")
    invitation(one)
    answered(one, invitation(one, name="李梅"))
    school = make.unit("阜阳师范大学").pk
    actions.withdraw_invitations(make.actor("liaison"), one, unit=school)
    assert [row.name for row in one.invitations.all()] == ["李梅"]
    with pytest.raises(RuleBroken, match="都已开始填写"):
        actions.withdraw_invitations(make.actor("liaison"), one, unit=school)


def test_a_unit_is_urged_once_a_day_with_the_names_that_are_missing():
    make.person("罗刚", "阜阳师范大学", post="liaison")
    liaison, one = make.actor("liaison"), survey(way="invited", closes_at=moment(30))
    answered(one, invitation(one, name="李梅"))
    invitation(one, name="王强")
    school = make.unit("阜阳师范大学").pk
    actions.urge(liaison, one, units=[school])
    (notice,) = Notice.objects.all()
    assert notice.name == "罗刚" and "还有1份未填" in notice.title
    assert "王强" in notice.text and "李梅" not in notice.text
    assert Entry.objects.latest("pk").label == "催办问卷"
    assert queries.by_unit(one)[0].reminded_at == clock.now()
    with pytest.raises(RuleBroken, match="一天只催办一次"):
        actions.urge(liaison, one, units=[school])
    with clock.at(moment(24)):
        actions.urge(liaison, one, units=[school])
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("units", [[], [999999]])
def test_urging_nobody_is_refused(units):
    one = survey(way="invited")
    invitation(one)
    with pytest.raises(RuleBroken, match=r"请选择要催办的单位|都已填完"):
        actions.urge(make.actor("liaison"), one, units=units)


def test_where_nobody_can_be_told_the_office_hears_so():
    one = survey(way="invited")
    invitation(one, "西北师范大学")
    with pytest.raises(RuleBroken, match="没有在任的联系人"):
        actions.urge(make.actor("liaison"), one, units=[make.unit("西北师范大学").pk])


def test_the_units_liaison_has_it_on_the_desk_until_all_have_answered(django_assert_num_queries):
    one = survey("北京师范大学", way="invited", closes_at=moment(30))
    mine = invitation(one, "安徽师范大学")
    liaison, office = make.actor("liaison"), make.actor("secretariat")
    with django_assert_num_queries(1):
        (todo,) = queries.waiting_for(liaison)
    assert todo.title == one.title and "还有1份未填" in todo.about
    with django_assert_num_queries(0):
        assert queries.waiting_for(office) == []
    answered(one, mine)
    assert queries.waiting_for(liaison) == []
