"""The pages of plans: what was typed stays, faults speak Chinese, lists cost the same for few and many."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests import make
from tests.plans import building
from tizhi.base.documents.sheet import read_sheet
from tizhi.base.kit import clock
from tizhi.pipeline.plans import actions
from tizhi.pipeline.plans.models import Comment, Plan, PlanMeasure, Presence, Section, StepRecord

pytestmark = pytest.mark.django_db

LIST = "/plans/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def today():
    with clock.at(date(2026, 11, 20)):
        yield


@pytest.fixture
def author(client):
    building.author()
    return make.signed_in(client, "pair-office")


@pytest.fixture
def school(client):
    make.bnu()
    return make.signed_in(client, building.school_user())


def text_of(response, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:600]
    return response.content.decode()


def page(plan: Plan, name: str = "") -> str:
    return f"{LIST}{plan.pk}/{name}"


def word_file(*lines: tuple[str, int]) -> SimpleUploadedFile:
    """A .docx of headings (level) and paragraphs (0)."""
    file, content = docx.Document(), BytesIO()
    for text, level in lines:
        if level:
            file.add_heading(text, level)
        else:
            file.add_paragraph(text)
    file.save(content)
    return SimpleUploadedFile("计划.docx", content.getvalue(), WORD)


def png() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (20, 10), "teal").save(content, "PNG")
    return SimpleUploadedFile("结构图.png", content.getvalue(), "image/png")


# The list


def test_the_list_says_where_each_plan_stands_and_who_has_none(author):
    building.at_step("draft")
    text = text_of(author.get(LIST))
    assert "提质计划初稿" in text and "安徽师范大学小组团办公室" in text and "第3步，共7步" in text
    assert "还没有建立2026年的年度工作计划：阜阳师范大学" in text
    empty = text_of(author.get(f"{LIST}?step=five-year:needs"))
    assert "没有符合条件" in empty
    assert "提质计划初稿" in text_of(author.get(f"{LIST}?step=five-year:draft&kind=five-year&year=2027"))


def test_a_school_with_no_plan_sees_why_the_list_is_empty(school):
    assert "还没有可以查看的计划" in text_of(school.get(LIST))


def test_the_list_is_exported(author):
    building.at_step("draft")
    sheet = read_sheet(author.get(f"{LIST}export/").content)
    assert "阜阳师范大学" in str(sheet) and "提质计划初稿" in str(sheet)


def test_the_list_costs_the_same_for_many(author):
    building.at_step("second-study")
    author.get(LIST)
    with CaptureQueriesContext(connection) as one:
        author.get(LIST)
    for year in range(2011, 2025):
        building.opened("year", date(year, 5, 1))
    with CaptureQueriesContext(connection) as many:
        text_of(author.get(LIST))
    assert len(many) <= len(one) + 2


# Opening


def test_the_pair_office_opens_a_plan(author):
    school = make.unit("阜阳师范大学").pk
    answer = author.post(f"{LIST}new/", {"school": school, "span": "five-year:2026-01-01"}, follow=True)
    assert "阜阳师范大学提质计划（2026—2030年）" in text_of(answer)
    again = author.post(f"{LIST}new/", {"school": school, "span": "five-year:2026-01-01"})
    assert "已经建立" in text_of(again, 422)
    wrong = author.post(f"{LIST}new/", {"school": "9999", "span": "x"})
    assert "请重新选择" in text_of(wrong, 422)


def test_others_open_none(school):
    assert school.get(f"{LIST}new/").status_code == 403


# Reading


def test_the_page_shows_the_course_the_text_and_the_next_action(author):
    plan = building.at_step("draft")
    text = text_of(author.get(page(plan)))
    assert "送交文本" in text and "聚焦小学教育" in text and "导入Word" in text
    assert "第一轮调研" in text and "等安徽师范大学小组团办公室" in text


def test_the_page_costs_the_same_for_many_comments(author):
    plan = building.at_step("draft")
    actions.comment(building.school(), plan, section="goals", text="意见")
    author.get(page(plan))
    with CaptureQueriesContext(connection) as one:
        author.get(page(plan))
    for number in range(12):
        made = actions.comment(building.school(), plan, section="goals", text=f"意见{number}")
        actions.reply(building.author(), made, text="好")
    with CaptureQueriesContext(connection) as many:
        text_of(author.get(page(plan)))
    assert len(many) <= len(one) + 1


def test_another_school_reads_what_is_in_force_and_nothing_else(client):
    plan = building.at_step("")
    actions.comment(building.author(), plan, section="goals", text="内部意见")
    make.signed_in(client, "supported-school")
    text = text_of(client.get(page(plan)))
    assert "聚焦小学教育" in text and "内部意见" not in text and "现行" in text
    for name in ("history/", "edit/goals/", "edit/goals/earlier/", "step/", "submit/", "versions/1/", "import/"):
        assert client.get(page(plan, name)).status_code == 404, name
    assert client.get(page(plan, "versions/2/")).status_code == 200
    assert client.get(page(plan, "word/?version=1")).status_code == 404
    assert client.get(page(plan, "compare/?old=1&new=2")).status_code == 404


def test_a_draft_is_404_for_others(client):
    plan = building.at_step("draft")
    for who in ("supported-school", "expert", "ministry", "outsider"):
        make.signed_in(client, who)
        assert client.get(page(plan)).status_code == 404, who


# Steps


def test_the_school_states_its_needs_complete(school):
    plan = building.opened()
    assert "还不能办结" in text_of(school.get(page(plan, "step/")))
    refused = school.post(page(plan, "step/"), {"on": "2026-11-20", "note": "见附表"})
    assert "已申报需求0条" in text_of(refused, 422) and "见附表" in text_of(refused, 422)
    building.need()
    answer = school.post(page(plan, "step/"), {"on": "2026-11-18", "note": ""}, follow=True)
    assert "“需求申报”已办结" in text_of(answer)
    assert StepRecord.objects.get().on == date(2026, 11, 18)


def test_a_study_is_chosen_and_its_report_uploaded(author):
    plan = building.at_step("first-study")
    chosen = building.study()
    text = text_of(author.get(page(plan, "step/")))
    assert "第一轮调研（安徽师范大学，2026年4月24日，未附报告）" in text
    missing = author.post(page(plan, "step/"), {"study": chosen.pk})
    assert "第一轮调研报告" in text_of(missing, 422)
    answer = author.post(page(plan, "step/"), {"study": chosen.pk, "paper": building.paper()}, follow=True)
    assert "已办结" in text_of(answer)
    assert "report.pdf" in text_of(author.get(page(plan, "history/")))
    file = StepRecord.objects.get(step="first-study").paper_id
    assert author.get(f"/files/{file}/").status_code == 200


def test_a_text_is_submitted_with_a_warning_of_empty_sections(author):
    plan = building.at_step("draft")
    assert "章没有内容" in text_of(author.get(page(plan, "submit/")))
    assert "第1版文本已送交" in text_of(author.post(page(plan, "submit/"), {"note": "初稿"}, follow=True))
    assert author.get(page(plan, "submit/")).status_code == 422


def test_a_school_sends_back_with_a_reason(school):
    plan = building.year_plan("agreed")
    assert "退回修改" in text_of(school.get(page(plan)))
    assert "请写明原因" in text_of(school.post(page(plan, "do/return-text/"), {"note": ""}), 422)
    assert "已退回" in text_of(school.post(page(plan, "do/return-text/"), {"note": "分工不明确"}, follow=True))
    assert "分工不明确" in text_of(school.get(page(plan, "history/")))
    assert school.get(page(plan, "do/nothing/")).status_code == 404


def test_the_secretariat_takes_back_and_a_revision_begins(client):
    plan = building.at_step("")
    make.signed_in(client, "secretariat")
    client.post(page(plan, "do/undo-step/"), {"note": "文件有误"})
    assert building.step_of(plan) == "in-force"
    client.post(page(plan, "step/"), {"on": "2026-11-20", "paper": building.paper(), "number": "组团办〔2026〕4号"})
    assert building.step_of(plan) == ""
    client.post(page(plan, "do/revise/"), {"note": "目标调整"})
    text = text_of(client.get(page(plan)))
    assert "修订完成前继续有效" in text and "目标调整" in text


# Writing


def test_a_section_is_kept_as_one_types(author):
    plan = building.opened()
    section = plan.sections.get(key="goals")
    answer = author.post(page(plan, "edit/goals/autosave/"), {"version": 1, "html": "<p>一</p><script>x</script>"})
    assert answer.json()["version"] == 2
    section.refresh_from_db()
    assert section.html == "<p>一</p>"
    assert author.post(page(plan, "edit/goals/autosave/"), {"version": 1, "html": "<p>二</p>"}).status_code == 409
    huge = author.post(page(plan, "edit/goals/autosave/"), {"version": 2, "html": f"<p>{'字' * 30001}</p>"})
    assert huge.status_code == 422 and "30,001字" in huge.json()["errors"]["html"]
    assert author.post(page(plan, "edit/nothing/autosave/"), {"html": "x"}).status_code == 404


def test_two_who_write_see_both_texts_and_lose_nothing(author):
    plan = building.opened()
    actions.save_section(make.actor("liaison"), plan.sections.get(key="goals"), html="<p>对方写的目标</p>")
    answer = author.post(page(plan, "edit/goals/"), {"version": 1, "html": "<p>我写的目标</p>"})
    text = text_of(answer, 409)
    assert "孙涛" in text and "我写的目标" in text and "对方写的目标" in text
    assert Section.objects.get(plan=plan, key="goals").html == "<p>对方写的目标</p>"
    merged = author.post(
        page(plan, "edit/goals/"), {"version": 2, "html": "<p>对方写的目标</p><p>我写的目标</p>"}, follow=True
    )
    assert "我写的目标" in text_of(merged)


def test_without_a_script_text_is_added_and_formats_stay(author):
    plan = building.opened()
    actions.save_section(building.author(), plan.sections.get(key="goals"), html="<table><tr><td>甲</td></tr></table>")
    section = Section.objects.get(plan=plan, key="goals")
    author.post(
        page(plan, "edit/goals/"), {"version": section.version, "html": section.html, "more": "第一行\n<b>第二行"}
    )
    html = Section.objects.get(plan=plan, key="goals").html
    assert "<table>" in html and html.endswith("<p>第一行</p><p>&lt;b&gt;第二行</p>")


def test_the_earlier_text_is_there_to_compare(author):
    plan = building.written(building.opened())
    section = plan.sections.get(key="goals")
    actions.save_section(make.actor("liaison"), section, html="<p>另写</p>")
    text = text_of(author.get(page(plan, "edit/goals/earlier/")))
    assert "孙涛" in text and "另写" in text and "聚焦小学教育" in text


def test_a_closed_text_is_not_edited(author):
    plan = building.at_step("review")
    assert "不能修改" in text_of(author.get(page(plan, "edit/goals/")), 422)


def test_pictures_stand_in_the_text_only_if_they_are_the_plans(author):
    plan = building.opened()
    answer = author.post(page(plan, "pictures/"), {"file": png()})
    src = answer.json()["src"]
    author.post(page(plan, "edit/goals/autosave/"), {"html": f'<p>图</p><img src="{src}"><img src="/files/999/">'})
    html = Section.objects.get(plan=plan, key="goals").html
    assert src in html and "999" not in html
    bad = author.post(page(plan, "pictures/"), {"file": SimpleUploadedFile("x.png", b"no picture")})
    assert bad.status_code == 422 and "不是照片" in bad.json()["error"]
    assert author.post(page(plan, "pictures/")).status_code == 422
    assert author.get(src).status_code == 200
    assert "word/media/image" in str(BytesIO(author.get(page(plan, "word/")).content).getvalue())


def test_presence_is_told_and_forgotten(author, client):
    plan = building.opened()
    other = make.signed_in(type(client)(), "liaison")
    assert other.post(page(plan, "presence/"), {"section": "goals"}).json() == {"present": []}
    with CaptureQueriesContext(connection) as asked:
        told = author.post(page(plan, "presence/"), {"section": "talent"}).json()
    assert told == {"present": [{"name": "孙涛", "section": "goals"}]}
    assert len(asked) < 25
    assert "孙涛也在编写" in text_of(author.get(page(plan, "edit/talent/")))
    with clock.at(date(2026, 11, 21)):
        assert author.post(page(plan, "presence/"), {"section": "<x>"}).json() == {"present": []}
    assert Presence.objects.count() == 2


# Comments


def test_a_comment_is_pinned_answered_and_settled(school):
    plan = building.written(building.opened())
    given = {"section": "goals", "quote": "师范专业群", "before": "两个", "after": "，五年", "text": "写明牵头教师"}
    text = text_of(school.post(page(plan, "comments/"), given, follow=True))
    assert "写明牵头教师" in text and 'data-quote="师范专业群"' in text
    made = Comment.objects.get()
    assert "已写明" in text_of(school.post(page(plan, f"comments/{made.pk}/reply/"), {"text": "已写明"}, follow=True))
    assert "已处理" in text_of(school.post(page(plan, f"comments/{made.pk}/resolve/"), follow=True))
    assert school.post(page(plan, f"comments/{made.pk}/nothing/")).status_code == 404
    empty = school.post(page(plan, "comments/"), {"section": "goals", "text": "", "quote": "师范专业群"})
    assert "请填写意见" in text_of(empty, 422)


def test_a_hostile_comment_is_only_text(school):
    plan = building.opened()
    school.post(page(plan, "comments/"), {"section": "goals", "text": "<script>alert(1)</script>\0"})
    assert "<script>alert" not in text_of(school.get(page(plan)))


# Measures


def test_measures_are_entered_changed_and_withdrawn(author):
    plan, need = building.opened(), building.need()
    assert "还没有举措对应的需求" in text_of(author.get(page(plan, "measures/")))
    given = {
        "title": "共建课程教研组",
        "section": "talent",
        "needs": [need.pk],
        "schedule": "2027年",
        "responsible": "教务处",
    }
    text = text_of(author.post(page(plan, "measures/new/"), given, follow=True))
    assert "共建课程教研组" in text and "还没有举措对应的需求" not in text
    one = PlanMeasure.objects.get()
    assert "请填写举措" in text_of(author.post(page(plan, "measures/new/"), {"title": "", "text": "说明保留"}), 422)
    author.post(page(plan, f"measures/{one.pk}/"), {"title": "改名", "version": one.version, "section": ""})
    one.refresh_from_db()
    assert one.title == "改名" and not one.needs.exists()
    stale = author.post(page(plan, f"measures/{one.pk}/"), {"title": "再改", "version": 1})
    assert stale.status_code == 409
    author.post(page(plan, f"measures/{one.pk}/withdraw/"), {"note": "并入"})
    assert "已撤销" in text_of(author.get(page(plan, "measures/")))


# Versions


def test_versions_are_listed_read_and_compared(author):
    plan = building.at_step("second-study")
    building.written(plan, "<p>聚焦小学教育、学前教育三个师范专业群。</p><p>新增一段。</p>")
    text = text_of(author.get(page(plan, "versions/")))
    assert "第1版" in text and "提质计划初稿" in text
    assert "五年建成" in text_of(author.get(page(plan, "versions/1/")))
    compared = text_of(author.get(page(plan, "compare/?old=1&new=draft")))
    assert "<ins>" in compared and "<del>" in compared and "新增" in compared
    assert "没有差别" in text_of(author.get(page(plan, "compare/?old=1&new=1")))
    assert author.get(page(plan, "compare/?old=7&new=1")).status_code == 404
    file = author.get(page(plan, "compare/word/?old=1&new=draft"))
    docx.Document(BytesIO(file.content))
    assert author.get(page(plan, "versions/9/")).status_code == 404
