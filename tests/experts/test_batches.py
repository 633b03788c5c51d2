"""Several nominees at once: every row of a list is shown with its faults, put right, and nominated with the others."""

import pytest

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.audit.queries import history_of
from tizhi.base.documents.sheet import read_sheet
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts import batch, intake
from tizhi.pipeline.experts.models import Nomination
from tizhi.pipeline.scheme.models import Body

from .building import candidate, committee, nomination, nominator, seat
from .listing import HEAD, LUOHENG, TIANYE, nominated, paste, pasted, send_back, text_of, upload, url, workbook

pytestmark = pytest.mark.django_db


# From the list to the nominations


def test_the_form_for_one_leads_to_the_list_and_back(nominating):
    assert url() in text_of(nominating.get(f"/experts/nominate/{committee().pk}/"))
    page = text_of(nominating.get(url()))
    for words in ("批量提名", "逐人提名", "下载模板", "还可提名4人", "一次最多100人"):
        assert words in page
    assert f'value="{seat().pk}" required' in page and "checked" in page


def test_what_is_pasted_is_shown_first_and_nominated_after(nominating):
    person = candidate()
    shown = paste(nominating, TIANYE, LUOHENG)
    page = text_of(shown)
    assert shown.status_code == 200 and not Nomination.objects.exists() and not Person.objects.filter(name="罗衡")
    for words in ("共2人：2人可以提名", "通讯录中已有", "新登记到该单位通讯录", "提名2人"):
        assert words in page
    answer = send_back(nominating, shown)
    assert answer.url == "/experts/" and "已提名2人" in text_of(nominating.get(answer.url))
    assert nominated() == [("田野", "专家委员会委员"), ("罗衡", "专家委员会委员")]
    known, newcomer = Nomination.objects.order_by("pk")
    assert (known.person, known.title, known.speciality) == (person, "教授", "教师教育、学前教育")
    assert [one.name for one in known.areas.all()] == ["人才队伍建设", "特色项目"]
    assert (newcomer.person.unit.name, newcomer.person.title) == ("西北师范大学", "正高级教师")


def test_each_nomination_is_the_act_of_the_single_form_with_its_own_history(nominating):
    candidate()
    send_back(nominating, paste(nominating, TIANYE, LUOHENG))
    for one in Nomination.objects.all():
        (entry,) = history_of(one)
        assert (entry.code, entry.name) == ("experts.nominate", "陆宁")
    assert Entry.objects.filter(code="experts.nominate").count() == 2


def test_the_template_comes_back_filled_in(nominating):
    sent = nominating.get(f"{url()}template/")
    rows = read_sheet(sent.content)
    assert [row.text("席位") for row in rows] == ["主任委员", *["委员"] * 4, "秘书"]
    told = dict(zip(HEAD, LUOHENG, strict=True)) | {"手机": "138 0000 1111", "部门": "教育学院", "席位": "秘书"}
    other = dict(zip(HEAD, TIANYE, strict=True)) | {"席位": ""}
    lines = [[one.get(title, "") for title in intake.TITLES] for one in (told, other, {"席位": "委员"})]
    shown = upload(nominating, workbook(*lines, head=intake.TITLES))
    assert "共2人：2人可以提名" in text_of(shown)
    send_back(nominating, shown)
    assert set(nominated()) == {("罗衡", "专家委员会秘书"), ("田野", "专家委员会委员")}
    person = Person.objects.get(name="罗衡")
    assert (person.phone, person.department) == ("13800001111", "教育学院")


# Putting right in place


def test_sound_rows_are_nominated_and_the_others_stay_to_be_put_right(nominating):
    candidate()
    wrong = ("罗衡", "火星师范大学", *LUOHENG[2:])
    left = send_back(nominating, paste(nominating, TIANYE, wrong))
    page = text_of(left)
    assert nominated() == [("田野", "专家委员会委员")]
    assert "已提名1人" in page and "火星师范大学" in page and 'value="田野"' not in page
    again = send_back(nominating, left, nominate=False, **{"r3-unit": "西北师范大学"})
    assert again.status_code == 200 and "共1人：1人可以提名" in text_of(again)
    send_back(nominating, again)
    assert nominated()[1:] == [("罗衡", "专家委员会委员")]


def test_what_was_changed_is_looked_at_before_it_is_nominated(nominating):
    shown = paste(nominating, LUOHENG)
    changed = send_back(nominating, shown, **{"r2-name": "罗恒"})
    assert "名单有改动，已重新检查" in text_of(changed) and not Nomination.objects.exists()
    send_back(nominating, changed)
    assert nominated() == [("罗恒", "专家委员会委员")]


def test_a_row_is_dropped_and_with_the_last_one_the_list_begins_anew(nominating):
    shown = paste(nominating, TIANYE, LUOHENG)
    fewer = send_back(nominating, shown, nominate=False, **{"r3-drop": "on"})
    assert "共1人" in text_of(fewer)
    assert send_back(nominating, fewer, **{"r2-drop": "on"}).url == url()


def test_the_list_may_be_pasted_again_with_what_was_typed(nominating):
    page = text_of(paste(nominating, LUOHENG, ("", *LUOHENG[1:])))
    assert "罗衡\t西北师范大学\t正高级教师\t教育评价" in page


def test_all_are_nominated_or_none_when_somebody_else_was_quicker(nominating):
    shown = paste(nominating, LUOHENG, TIANYE)
    lines = batch.plan(nominator(), committee(), intake.read_text(pasted(LUOHENG, TIANYE), "委员"))
    nomination(candidate())
    with pytest.raises(RuleBroken, match="第3行田野"):
        batch.nominate_all(nominator(), committee(), lines)
    assert nominated() == [("田野", "专家委员会委员")] and not Person.objects.filter(name="罗衡")
    assert "田野已被提名为委员" in text_of(send_back(nominating, shown))


def test_sending_twice_nominates_once(nominating):
    shown = paste(nominating, LUOHENG)
    send_back(nominating, shown)
    assert "罗衡已被提名为委员" in text_of(send_back(nominating, shown))
    assert len(nominated()) == 1


# Whose it is


@pytest.mark.parametrize("persona", ["secretariat", "liaison", "expert", "supported-school"])
def test_who_does_not_nominate_reads_and_writes_no_list(client, persona):
    other = make.signed_in(client, persona)
    for answer in (other.get(url()), paste(other, LUOHENG), other.get(f"{url()}template/")):
        assert answer.status_code in (403, 404)
    sent = {"rows_read": "x", "nominate": "1", "r2-name": "罗衡"}
    assert other.post(url(), sent).status_code in (403, 404)
    lines = batch.plan(nominator(), committee(), intake.read_text(pasted(LUOHENG), "委员"))
    with pytest.raises(Denied):
        batch.nominate_all(make.actor(persona), committee(), lines)
    assert not Nomination.objects.exists()


def test_what_one_may_not_nominate_for_has_no_list(nominating):
    office = Body.objects.get(declared="cluster-office")
    assert nominating.get(f"/experts/nominate/{office.pk}/list/").status_code == 403
    assert nominating.get("/experts/nominate/999999/list/").status_code == 404
