"""Plans as Word and PDF, and read from Word."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import make
from tests.plans import building
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.plans import actions
from tizhi.pipeline.plans.models import Plan, PlanVersion, Section

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


# Papers


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_the_plan_is_a_paper(author, kind):
    plan = building.at_step("second-study")
    for query in ("", "?version=1"):
        answer = author.get(page(plan, f"{kind}/{query}"))
        assert answer.status_code == 200 and len(answer.content) > 1000
    assert author.get(page(plan, f"{kind}/?version=x")).status_code == 404
    if kind == "word":
        text = "\n".join(one.text for one in docx.Document(BytesIO(answer.content)).paragraphs)
        assert "征求意见稿" in text and "聚焦小学教育" in text


def test_an_empty_plan_is_a_paper_too(author):
    plan = building.opened()
    assert author.get(page(plan, "word/")).status_code == 200


# Import


def test_a_word_file_is_seen_then_put_in(author):
    plan = building.opened()
    file = word_file(
        ("发展定位与目标", 1), ("建成有特色的师范院校。", 0), ("奇怪的一章", 1), ("放不进去的话。", 0), ("保障措施", 1),
        ("成立专班。", 0),
    )  # fmt: skip
    text = text_of(author.post(page(plan, "import/"), {"file": file}))
    assert "没有分到章节" in text and "放不进去的话" in text and "建成有特色的师范院校" in text
    assert text.index("放不进去的话") < text.index("建成有特色的师范院校"), "what somebody must place comes first"
    given = _sent(text)
    loose = next(name for name, value in given.items() if name.startswith("key-") and value == "")
    given[loose] = "x"
    answer = text_of(author.post(page(plan, "import/"), given, follow=True))
    assert "已导入3个章节" in answer, (given, [one[:200] for one in answer.split("tz-toast")])
    html = {one.key: one.html for one in Section.objects.filter(plan=plan)}
    assert "建成有特色" in html["goals"] and "放不进去的话" in html["x"] and "成立专班" in html["support"]


def _sent(text: str) -> dict[str, str]:
    """What the form of the preview would send: the texts it holds, the sections it proposes."""
    found = {"apply": "1", "mode": "append"}
    found |= {name: unescape(html) for name, html in re.findall(r'name="(html-\d+)"[^>]*>(.*?)</textarea>', text, re.S)}
    found |= {name: unescape(title) for name, title in re.findall(r'name="(title-\d+)" value="([^"]*)"', text)}
    for name, options in re.findall(r'<select[^>]*name="(key-\d+)".*?>(.*?)</select>', text, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen.group(1) if chosen else ""
    return found


def test_what_is_no_word_file_ends_in_a_sentence(author):
    plan = building.opened()
    answer = author.post(page(plan, "import/"), {"file": SimpleUploadedFile("a.docx", b"no word")})
    assert "Word" in text_of(answer, 422)
    assert "请选择文件" in text_of(author.post(page(plan, "import/"), {}), 422)
    nothing = author.post(page(plan, "import/"), {"apply": "1", "html-0": "<p>x</p>", "key-0": "no", "title-0": "一"})
    assert "请至少为一段选择章节" in text_of(nothing, 422)


def test_a_version_is_never_changed_by_what_follows():
    plan = building.at_step("second-study")
    version = PlanVersion.objects.get(plan=plan)
    before = (version.content, version.sha256)
    building.written(plan, "<p>变了</p>")
    version.refresh_from_db()
    assert (version.content, version.sha256) == before


def test_a_version_keeps_its_measures_and_the_comparison_tells_how_they_changed(author):
    plan = building.at_step("draft")
    kept, gone = (
        actions.add_measure(building.author(), plan, title=title, schedule=time, responsible="教务处")
        for title, time in (("共建五门课程", "2026年"), ("互派教师", "2027年"))
    )
    actions.submit_text(building.author(), plan)
    actions.undo_step(building.secretariat(), Plan.objects.get(pk=plan.pk), note="举措太多")
    actions.change_measure(building.author(), kept, title="共建八门课程")
    actions.withdraw_measure(building.author(), gone, note="并入课程")
    actions.submit_text(building.author(), Plan.objects.get(pk=plan.pk))
    first = text_of(author.get(page(plan, "versions/1/")))
    assert "举措清单" in first and "共建五门课程" in first and "互派教师" in first
    told = text_of(author.get(page(plan, "compare/?old=1&new=2")))
    assert "<del>五门</del>" in told and "<ins>八门</ins>" in told and "互派教师" in told
    word = docx.Document(BytesIO(author.get(page(plan, "word/?version=1")).content))
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert cells[0][0] == "举措" and cells[2][0].startswith("2．互派教师") and cells[2][2:] == ["2027年", "教务处"]


def test_measures_alone_are_no_text_to_hand_over():
    plan = building.at_step("draft")
    building.written(plan, "")
    actions.add_measure(building.author(), plan, title="共建五门课程")
    with pytest.raises(RuleBroken, match="还没有文本"):
        actions.submit_text(building.author(), plan)


def test_the_comparison_opens_on_the_last_two_texts_that_differ(author):
    plan = building.at_step("draft")
    actions.submit_text(building.author(), plan)
    assert "由第1版到当前文本" in text_of(author.get(page(plan, "compare/")))
    actions.undo_step(building.secretariat(), Plan.objects.get(pk=plan.pk), note="改一处")
    building.written(plan, "<p>另一种写法。</p>")
    actions.submit_text(building.author(), Plan.objects.get(pk=plan.pk))
    assert "由第1版到第2版" in text_of(author.get(page(plan, "compare/")))
