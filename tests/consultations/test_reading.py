"""Who reads which case, what waits for whom, which files open – and what the case base gives away."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.consultations import actions, queries
from tizhi.pipeline.consultations.anonymising import anonymised, names, still_named
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.consultations.naming import names_of, proposal
from tizhi.pipeline.consultations.waiting import waiting_for
from tizhi.pipeline.directory.models import Person
from tizhi.web.files.owners import visible_to as visible_files

from .building import PARTNER, SCHOOL, asked, case, expert, school_liaison

pytestmark = pytest.mark.django_db

READERS = {
    "secretariat", "pair-office", "leading-group", "department", "project-group",
    "liaison", "office-head", "vice-president", "secretary",
}  # fmt: skip


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_a_case_is_read_by_whom_it_concerns_and_by_no_other_school(persona):
    case("triaged")
    assert queries.visible_to(make.actor(persona)).exists() is (persona in READERS)


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_a_draft_is_the_schools_own(persona):
    case("draft")
    assert not queries.visible_to(make.actor(persona)).exists()
    assert queries.visible_to(make.actor(school_liaison())).exists()


def test_before_it_is_taken_on_the_partners_own_posts_do_not_read_it_and_the_pair_office_does():
    case("asked")
    assert not queries.visible_to(make.actor("liaison")).exists()
    assert queries.visible_to(make.actor("pair-office")).exists()


def test_an_expert_reads_what_he_was_asked_to_until_he_declines():
    guest, other = expert("高明", PARTNER), expert("杜可")
    one = case("triaged")
    assert not queries.visible_to(make.actor(guest)).exists()
    invitation = asked(one, guest)
    assert queries.visible_to(make.actor(guest)).get() == one
    assert not queries.visible_to(make.actor(other)).exists()
    actions.decline(make.actor(guest), invitation, note="出差")
    assert not queries.visible_to(make.actor(guest)).exists()


def test_who_assigns_experts_reads_all_cases():
    case("triaged"), case("asked", school="青海师范大学"), case("draft")
    chair = make.person("周密", "四川师范大学", seat="专家委员会秘书").user
    assert queries.visible_to(make.actor(chair)).count() == 2


def test_papers_open_to_whom_the_case_opens():
    one = actions.open_case(
        make.actor(school_liaison()),
        queries.asks_for(make.actor(school_liaison())),
        title="问题", text="情况",
        files=[SimpleUploadedFile("现状.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")],
    )  # fmt: skip
    actions.ask_case(make.actor(school_liaison()), one)
    file = one.files.get().file
    assert file in visible_files(make.actor("pair-office"))
    assert file not in visible_files(make.actor("supported-school"))
    assert file not in visible_files(make.actor("expert"))


def waits(who) -> list[tuple[str, date | None]]:
    return [(todo.verb, todo.due) for todo in waiting_for(make.actor(who))]


DUE = date(2026, 11, 30)


def test_a_draft_waits_for_its_writer_alone():
    one = case("draft")
    assert waits(school_liaison()) == [("提出问诊", None)]
    Consultation.objects.filter(pk=one.pk).update(writer=Person.objects.get(user=make.persona("pair-office")))
    assert waits(school_liaison()) == waits("pair-office") == []


def test_it_waits_for_whose_turn_it_is():
    guest = expert()
    assert waits("pair-office") == waits(guest) == []
    one = case("asked")
    assert waits("pair-office") == waits("secretariat") == [("受理问诊", DUE)]
    assert waits(school_liaison()) == waits("supported-school") == waits("liaison") == []
    Consultation.objects.update(state="triaged", helper=make.unit(PARTNER))
    assert waits("pair-office") == [("组织答复问诊", DUE)]
    chair = make.person("周密", "四川师范大学", seat="专家委员会秘书").user
    assert waits(chair) == [("邀请会诊专家", DUE)]
    invitation = asked(one, guest)
    assert (waits(guest), waits(chair)) == ([("答复问诊邀请", DUE)], [])
    actions.accept(make.actor(guest), invitation)
    assert waits(guest) == [("提出会诊意见", DUE)]
    actions.advise(make.actor(guest), invitation, advice="意见")
    assert waits(guest) == []
    actions.answer(make.actor("pair-office"), one, advice="建议")
    assert (waits(school_liaison()), waits("pair-office")) == ([("反馈采纳情况", None)], [])
    actions.decide(make.actor(school_liaison()), one, decision="adopted")
    assert waits(school_liaison()) == []
    with clock.at(date(2027, 2, 23)):
        assert waits(school_liaison()) == [("登记采纳3个月后的成效", None)]
        actions.tell_effect(make.actor(school_liaison()), one, months=3, text="有进展")
        assert waits(school_liaison()) == []
    with clock.at(date(2027, 5, 23)):
        actions.tell_effect(make.actor(school_liaison()), one, months=6, text="有成效")
    assert waits("pair-office") == [("整理问诊案例", None)]
    actions.prepare_case(make.actor("pair-office"), one, case_title="案例", case_text="问题", case_advice="建议")
    assert (waits("pair-office"), waits("secretariat")) == ([], [("审核问诊案例", None)])


@pytest.mark.parametrize("persona", ["secretariat", "pair-office", "expert"])
def test_many_cases_ask_as_many_queries_as_one(persona):
    who, guest = make.actor(persona), make.persona("expert")
    counts = []
    for more in (1, 30):
        for _ in range(more):
            asked(case("triaged"), guest)
            case("asked")
        with CaptureQueriesContext(connection) as done:
            assert waiting_for(who)
        counts.append(len(done))
    assert counts[0] == counts[1]


def test_whom_no_case_can_concern_is_not_asked_about():
    for persona in ("liaison", "department", "ministry", "project-group", "nobody"):
        actor = make.actor(persona)
        with CaptureQueriesContext(connection) as done:
            assert waiting_for(actor) == []
        assert not [one for one in done if "consultations_" in one["sql"]]


def test_of_findings_and_of_needs_are_one_query_each():
    with CaptureQueriesContext(connection) as done:
        assert queries.of_findings(make.actor("secretariat"), [1, 2, 3]) == {}
    assert len([one for one in done if "consultations_consultation" in one["sql"]]) == 1


# The case base


def shared(**given):
    columns = {"case_title": "实训课程的统筹", "case_text": "某校实训分散。", "case_advice": "集中到二年级。"}
    return case("closed", case_prepared_at=clock.now(), shared_at=clock.now(), **{**columns, **given})


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_the_case_base_is_read_by_everybody_who_works_in_the_cluster(persona):
    shared(), case("closed")
    reads = persona not in ("ministry", "outsider", "administrator", "nobody")
    assert queries.cases_visible_to(make.actor(persona)).count() == (1 if reads else 0)


@pytest.mark.parametrize(
    ("words", "found"), [("实训", 1), ("统筹 二年级", 1), ("教研", 0), ("阜阳", 0), ("  ", 1), ("%", 0)]
)
def test_it_is_searched_by_words_of_two_characters_in_the_shared_text_only(words, found):
    shared()
    assert queries.cases_matching(queries.cases_visible_to(make.actor("liaison")), words).count() == found


KNOWN = names(["高远", "程璐", "文"], ["安徽师范大学", "安徽师大", "阜阳师范大学"], ["安徽省教育厅"])


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("阜阳师范大学程璐老师来校", "某校某老师来校"),
        ("安徽师范大学（安徽师大）派高远教授", "某校（某校）派某老师"),
        ("请联系13905531234或 cl@ahnu.example.cn", "请联系（电话略）或 （邮箱略）"),
        ("电话0553-3869225，编号20261123", "电话（电话略），编号20261123"),
        ("报安徽省教育厅", "报某单位"),
        ("文科实训", "文科实训"),  # one character names nobody
        ("", ""),
    ],
)
def test_names_numbers_and_addresses_are_taken_out(text, without):
    assert anonymised(text, KNOWN) == without
    assert still_named(without, KNOWN) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("由安徽师范大学组织", ["安徽师范大学"]), ("程 璐来过", ["程璐"]), ("阜阳\n师范大学", ["阜阳师范大学"]),
        ("139 0553 1234", ["139 0553 1234"]), ("某校", []),
    ],
)  # fmt: skip
def test_what_is_still_in_it_is_found_however_it_is_spaced(text, found):
    assert still_named(text, KNOWN) == found


def test_the_proposal_knows_everybody_of_the_directory_and_every_name_a_unit_bore():
    make.persona("pair-office")
    make.unit(SCHOOL).former_names.create(name="阜阳师范学院", until=date(2019, 6, 1))
    one = case("closed", text="阜阳师范学院时期，程璐来校指导。", advice="请安徽师范大学派人。", wanted="请高手来")
    given = proposal(one, names_of(one.cluster_id))
    assert given["case_text"].startswith("某校时期，某老师来校指导。") and "请高手来" in given["case_text"]
    assert given["case_advice"] == "请某校派人。"


def test_a_text_that_still_names_somebody_is_refused_with_the_name():
    one, office = case("closed"), make.actor("pair-office")
    given = {"case_title": "实训", "case_text": "程璐来校指导", "case_advice": "请安徽师范大学派人"}
    with pytest.raises(RuleBroken) as wrong:
        actions.prepare_case(office, one, **given)
    assert "“程璐”" in wrong.value.fields["case_text"] and "“安徽师范大学”" in wrong.value.fields["case_advice"]
    with pytest.raises(RuleBroken, match="还没有整理"):
        actions.share_case(make.actor("secretariat"), one, **given)


def test_the_owner_prepares_and_the_secretariat_shares_and_takes_back():
    one, office = case("closed"), make.actor("pair-office")
    given = {"case_title": "实训", "case_text": "分散", "case_advice": "集中"}
    actions.prepare_case(office, one, **given)
    with pytest.raises(Denied):
        actions.share_case(office, one, **given)
    actions.share_case(make.actor("secretariat"), one, **given)
    assert queries.cases_visible_to(make.actor("supported-school")).get() == one
    with pytest.raises(RuleBroken, match="已经入库"):
        actions.prepare_case(office, one, **given)
    actions.take_back_case(make.actor("secretariat"), one, note="标题有误")
    assert not queries.cases_visible_to(make.actor("supported-school")).exists()
