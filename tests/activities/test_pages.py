"""The pages of activities as people use them: reported, found, read, carried on."""

import json
import uuid
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import make
from tizhi.base.kit import clock
from tizhi.pipeline.activities.kinds import KINDS
from tizhi.pipeline.activities.models import Activity, Remark

pytestmark = pytest.mark.django_db

LIST, NEW = "/activities/", "/activities/new/"


def _typed(**given: object) -> dict[str, object]:
    """What a liaison of 安徽师范大学 types for a usual brief."""
    cluster = make.bnu()
    own, school = make.unit("安徽师范大学"), make.unit("阜阳师范大学")
    area = cluster.areas.get(key="basic-education")
    ordinary = {
        "kind": "training",
        "title": "小学数学骨干教师研修班（第二期）",
        "first_day": "2026-11-19",
        "last_day": "2026-11-21",
        "place": "安徽省芜湖市",
        "mode": "on-site",
        "units": [f"{own.pk}:host", f"{school.pk}:attending"],
        "leaders": ["索南 颍上县教育局副局长"],
        "area": f"{area.pk}:基础教育教师培训",
        "trainees": "86",
        "hours": "24",
        "text": "研修班在安徽师范大学举办。",
        "once": str(uuid.uuid4()),
    }
    return {**ordinary, **given}


@pytest.fixture
def liaison(client):
    make.bnu()
    return make.signed_in(client, "liaison")


# Reporting


def test_the_address_may_name_the_kind_and_any_other_word_is_overlooked(liaison):
    def kind(named: str) -> str:
        return liaison.get(f"{NEW}?kind={named}").context["form"]["kind"].value()

    assert kind("field-study") == "field-study"
    assert kind("nonsense") == kind("") == next(iter(KINDS))


def test_the_empty_form_knows_what_can_be_guessed(liaison):
    page = liaison.get(NEW)
    form = page.context["form"]
    own, school = make.unit("安徽师范大学"), make.unit("阜阳师范大学")
    assert form["first_day"].value() == form["last_day"].value() == date(2026, 11, 23)
    assert form["units"].value() == [f"{own.pk}:host", f"{school.pk}:attending"]
    assert form["mode"].value() == "on-site"
    assert "现在提交为及时" in page.content.decode()
    assert "2026年11月30日截止，还有7天" in page.content.decode()


def test_a_usual_brief_asks_for_at_most_twelve_fields(liaison):
    form = liaison.get(NEW).context["form"]
    already_there = {"kind", "first_day", "last_day", "mode", "units"}
    typed = [field.name for field in form if field.field.required and field.name not in already_there]
    assert len(typed) + len({"last_day", "leaders", "photos"}) <= 12


def test_a_brief_goes_from_the_form_to_the_leader(liaison):
    answer = liaison.post(NEW, _typed(send="1"))
    activity = Activity.objects.get()
    assert answer.url == f"/activities/{activity.pk}/"
    assert (activity.state, activity.details) == ("approving", {"trainees": 86, "hours": 24})
    assert [str(one) for one in activity.leaders.all()] == ["索南 颍上县教育局副局长"]
    assert "基础教育教师培训" in liaison.get(answer.url).content.decode()


def test_a_double_click_makes_one_record(liaison):
    typed = _typed(send="1")
    pages = [liaison.post(NEW, typed).url for _ in range(2)]
    assert len(set(pages)) == 1
    assert Activity.objects.get().state == "approving"


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_is_kept(liaison):
    answer = liaison.post(NEW, _typed(title="", hours="", send="1"), follow=True)
    page = answer.content.decode()
    assert "请填写标题" in page and "请填写学时" in page
    assert "内容已保存，还差这几项" in page
    assert "研修班在安徽师范大学举办。" in page
    assert Activity.objects.get().state == "draft"


def test_wrong_input_keeps_everything_that_was_typed(liaison):
    answer = liaison.post(NEW, _typed(trainees="八十六", last_day="2026-11-01", leaders=["高 <b>某</b>"], send="1"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“参训教师”请填数字" in page
    assert 'value="八十六"' in page and "研修班在安徽师范大学举办。" in page
    assert "高 &lt;b&gt;某&lt;/b&gt;" in page
    assert not Activity.objects.exists()


def test_days_in_the_wrong_order_are_named(liaison):
    answer = liaison.post(NEW, _typed(last_day="2026-11-01", save="1"))
    assert answer.context["form"].errors["last_day"] == ["结束日期早于开始日期，请核对"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_is_reported_and_read(liaison, kind):
    figures = {figure.key: "7" for figure in kind.figures}
    stage = {"stage": kind.stages[0][0]} if kind.stages else {}
    answer = liaison.post(NEW, _typed(kind=kind.code, **figures, **stage, send="1"), follow=True)
    page = answer.content.decode()
    assert Activity.objects.get().state == "approving"
    assert kind.label in page
    assert all(figure.label in page for figure in kind.figures)


def test_a_pair_office_chooses_the_unit_it_reports_for(client):
    make.bnu()
    office = make.signed_in(client, "pair-office")
    school = make.unit("阜阳师范大学")
    office.post(NEW, _typed(unit=school.pk, save="1"))
    assert Activity.objects.get().unit == school


def test_who_enters_for_no_unit_gets_no_form(client):
    make.bnu()
    assert make.signed_in(client, "expert").get(NEW).status_code == 403


# Saved as one types


def test_the_first_autosave_begins_the_draft_and_tells_its_address(liaison):
    told = liaison.post("/activities/new/autosave/", _typed(text="刚写了一句")).json()
    activity = Activity.objects.get()
    assert told["url"] == f"/activities/{activity.pk}/edit/"
    told = liaison.post(told["autosave"], _typed(text="又写了一句", version=told["version"])).json()
    activity.refresh_from_db()
    assert (activity.text, activity.version) == ("又写了一句", told["version"])


def test_a_repeated_autosave_makes_one_draft(liaison):
    typed = _typed()
    for _ in range(2):
        liaison.post("/activities/new/autosave/", typed)
    assert Activity.objects.count() == 1


def test_autosave_says_what_is_wrong(liaison):
    answer = liaison.post("/activities/new/autosave/", _typed(trainees="多"))
    assert answer.status_code == 422
    assert "参训教师" in answer.json()["errors"]["trainees"]
    answer = liaison.post("/activities/new/autosave/", _typed(last_day="2020-01-01"))
    assert list(answer.json()["errors"]) == ["last_day"]


def test_an_unfinished_draft_is_kept_without_a_word(liaison):
    answer = liaison.post("/activities/new/autosave/", {"kind": "lecture", "once": str(uuid.uuid4())})
    assert answer.status_code == 200
    assert Activity.objects.get().kind == "lecture"


def test_two_windows_the_second_sees_both_texts_and_loses_nothing(liaison):
    activity = make.activity(writer=make.appointment("liaison").person)
    address, version = f"/activities/{activity.pk}/edit/", activity.version
    liaison.post(address, _typed(text="第一扇窗的正文", version=version, save="1"))
    assert liaison.post(f"{address}autosave/", _typed(text="第二扇窗的正文", version=version)).status_code == 409
    answer = liaison.post(address, _typed(text="第二扇窗的正文", title="第二扇窗的标题", version=version, save="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "第二扇窗的正文" in page and "第二扇窗的标题" in page
    assert "<mark>一</mark>" in page and "<mark>二</mark>" in page
    activity.refresh_from_db()
    liaison.post(address, _typed(text="两人合并的正文", version=activity.version, save="1"))
    activity.refresh_from_db()
    assert activity.text == "两人合并的正文"


# Parts of the form that depend on others


def test_the_form_follows_the_kind_the_title_and_the_day(liaison):
    make.bnu()
    figures = liaison.get("/activities/new/figures/", {"kind": "field-study", "team": "5"}).content.decode()
    assert "调研阶段" in figures and 'value="5"' in figures and "参训教师" not in figures
    area = liaison.get("/activities/new/area/", {"title": "乡村教师研修班", "kind": "training"}).content.decode()
    assert "selected>基础教育教师培训" in area
    due = liaison.get("/activities/new/due/", {"last_day": "2026-11-09"}).content.decode()
    assert "已逾期7天" in due and "2026年11月16日截止" in due


def test_a_deadline_beyond_the_announced_calendar_is_marked(liaison):
    with clock.at(date(2026, 12, 31)):
        due = liaison.get("/activities/new/due/", {"last_day": "2026-12-30"}).content.decode()
    assert "暂按周一至周五计算" in due


def test_what_the_parts_answer_is_small(liaison):
    assert len(liaison.get("/activities/new/figures/", {"kind": "other"}).content) < 4000
    assert json.loads(liaison.post("/activities/new/autosave/", _typed()).content)["version"] >= 1


# Photos and papers


def _photo() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG")
    return SimpleUploadedFile("合影.jpg", content.getvalue(), "image/jpeg")


def test_a_photo_is_sent_alone_and_saved_with_the_form(liaison, client):
    fragment = liaison.post("/activities/new/photos/", {"file": _photo()})
    photo = fragment.context["shot"].value
    liaison.post(NEW, _typed(photos=[photo], **{f"caption-{photo}": "学员合影"}, save="1"))
    activity = Activity.objects.get()
    assert activity.files.get().caption == "学员合影"
    page = liaison.get(f"/activities/{activity.pk}/").content.decode()
    assert f"/files/{photo}/small/" in page and "学员合影" in page
    assert b"".join(liaison.get(f"/files/{photo}/").streaming_content)
    stranger = make.signed_in(client, "supported-school")
    assert stranger.get(f"/files/{photo}/").status_code == 404


def test_without_javascript_photos_and_papers_travel_with_the_form(liaison):
    paper = SimpleUploadedFile("通知.pdf", b"%PDF-1.4 x", "application/pdf")
    liaison.post(NEW, _typed(save="1", **{"photos-new": [_photo()], "papers-new": [paper]}))
    activity = Activity.objects.get()
    assert [(one.kind, one.file.name) for one in activity.files.all()] == [("paper", "通知.pdf"), ("photo", "合影.jpg")]
    photo = activity.files.get(kind="photo").file_id
    sent = _typed(save="1", version=activity.version, photos=[photo], **{"photos-remove": [photo]})
    liaison.post(f"/activities/{activity.pk}/edit/", sent)
    assert not activity.files.exists()


def test_a_wrong_file_is_refused_in_words_and_the_text_stays(liaison):
    script = SimpleUploadedFile("合影.jpg", b"#!/bin/sh", "image/jpeg")
    answer = liaison.post(NEW, _typed(save="1", **{"photos-new": [script]}))
    assert answer.status_code == 422
    assert "合影.jpg" in answer.content.decode() and "研修班在安徽师范大学举办。" in answer.content.decode()


# The record


def _acts(client, activity: Activity) -> list[str]:
    return [words for _, words in client.get(f"/activities/{activity.pk}/").context["acts"]]


def test_each_post_finds_its_next_act(client):
    approving, submitted = make.activity(state="approving"), make.activity(state="submitted")
    assert _acts(make.signed_in(client, "office-head"), approving) == ["审签通过", "退回修改"]
    assert _acts(make.signed_in(client, "secretary"), approving) == ["代高远审签通过", "代高远退回修改"]
    assert _acts(make.signed_in(client, "liaison"), approving) == ["撤回"]
    assert _acts(make.signed_in(client, "secretariat"), submitted) == ["接收并发布", "只接收", "退回修改"]
    assert _acts(make.signed_in(client, "department"), submitted) == []


def test_a_brief_is_signed_accepted_and_published_by_buttons(client):
    activity = make.activity(state="approving")
    for who, name in (("office-head", "approve"), ("secretariat", "accept-and-publish")):
        answer = make.signed_in(client, who).post(f"/activities/{activity.pk}/{name}/", {"version": ""})
        assert answer.status_code == 302
    activity.refresh_from_db()
    assert activity.state == "published"
    page = client.get(f"/activities/{activity.pk}/").content.decode()
    assert "接收并发布动态" in page and "王敏" in page


def test_returning_asks_for_the_reason_and_the_writer_reads_it(client):
    activity = make.activity(state="submitted", writer=make.appointment("liaison").person)
    office, address = make.signed_in(client, "secretariat"), f"/activities/{activity.pk}/return-to-unit/"
    assert office.get(address).status_code == 200
    refused = office.post(address, {"note": "  "})
    assert refused.status_code == 422 and "请写明退回原因" in refused.content.decode()
    office.post(address, {"note": "参训人数与正文<b>不一致</b>"})
    page = make.signed_in(client, "liaison").get(f"/activities/{activity.pk}/").content.decode()
    assert "参训人数与正文&lt;b&gt;不一致&lt;/b&gt;" in page
    edit = client.get(f"/activities/{activity.pk}/edit/").content.decode()
    assert "参训人数与正文&lt;b&gt;不一致&lt;/b&gt;" in edit


def test_the_reason_of_a_return_is_not_for_other_units(client):
    activity = make.activity(state="returned", return_reason="照片不清楚")
    page = make.signed_in(client, "leading-group").get(f"/activities/{activity.pk}/").content.decode()
    assert "照片不清楚" not in page


def test_a_second_click_on_a_button_does_nothing_more(client):
    activity = make.activity(state="submitted")
    office, sent = make.signed_in(client, "secretariat"), {"once": str(uuid.uuid4()), "version": activity.version}
    answers = [office.post(f"/activities/{activity.pk}/accept-and-publish/", sent).status_code for _ in range(2)]
    activity.refresh_from_db()
    assert answers == [302, 302] and activity.state == "published"


def test_an_act_by_link_alone_is_refused(client):
    activity = make.activity(state="submitted")
    assert make.signed_in(client, "secretariat").get(f"/activities/{activity.pk}/accept/").status_code == 405
    assert client.get(f"/activities/{activity.pk}/delete/").status_code == 404


def test_what_one_may_not_see_is_not_there_and_what_one_may_not_do_is_refused(client):
    draft, published = make.activity(), make.activity(state="published")
    school = make.signed_in(client, "supported-school")
    assert [school.get(f"/activities/{draft.pk}/{page}").status_code for page in ("", "edit/", "print/")] == [404] * 3
    assert school.get(f"/activities/{published.pk}/").status_code == 200
    assert school.get(f"/activities/{published.pk}/edit/").status_code == 403
    assert school.post(f"/activities/{published.pk}/accept/").status_code == 403


def test_a_brief_bears_the_names_of_its_day(liaison):
    activity = make.activity(state="published")
    school = make.unit("阜阳师范大学")
    school.former_names.create(name="阜阳师范学院", until=activity.last_day)
    for page in ("", "print/"):
        assert "阜阳师范学院" in liaison.get(f"/activities/{activity.pk}/{page}").content.decode()


def test_what_was_saved_in_a_row_stands_in_the_history_once(liaison):
    told = liaison.post("/activities/new/autosave/", _typed()).json()
    for number in range(3):
        typed = _typed(text=f"第{number}稿", version=told["version"])
        told = liaison.post(told["autosave"], typed).json()
    liaison.post(told["url"], _typed(send="1", version=told["version"]))
    entries = liaison.get(told["url"].replace("edit/", "")).context["entries"]
    assert [entry.label for entry in entries] == ["提交动态", "编辑动态", "起草动态"]


def test_a_brief_on_its_way_is_not_edited(liaison):
    activity = make.activity(state="submitted")
    assert liaison.get(f"/activities/{activity.pk}/edit/").url == f"/activities/{activity.pk}/"


def test_a_word_is_left_and_shown_as_text(client):
    activity = make.activity(state="submitted")
    office = make.signed_in(client, "pair-office")
    office.post(f"/activities/{activity.pk}/remark/", {"text": "请补<script>合影</script>"})
    assert Remark.objects.count() == 1
    assert "请补&lt;script&gt;合影&lt;/script&gt;" in office.get(f"/activities/{activity.pk}/").content.decode()


def test_hostile_words_are_shown_as_words(liaison):
    hostile = "<img src=x onerror=alert(1)>\"'{{ 12345*6789 }}"
    activity = make.activity(title=hostile, text=hostile, place=hostile, item=hostile, state="published")
    for page in (LIST, f"/activities/{activity.pk}/", f"/activities/{activity.pk}/print/"):
        shown = liaison.get(page).content.decode()
        assert "<img src=x" not in shown and "83810205" not in shown


def test_the_record_explains_why_it_is_in_time(liaison):
    activity = make.activity(state="published")
    page = liaison.get(f"/activities/{activity.pk}/").content.decode()
    assert "5个工作日内报送，最迟2026年11月25日" in page
    assert "计入2026年第四季度" in page
