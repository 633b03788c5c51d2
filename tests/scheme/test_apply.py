"""施行方案: a scheme is put in force as a whole; what stays keeps its rows, what goes ends the day before."""

from datetime import date

import pytest

from tests import make
from tests.scheme.writing import GONE, at, changed, put, real, toml
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.actor import system
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.actions import apply_scheme
from tizhi.pipeline.scheme.jobs import start_due_versions
from tizhi.pipeline.scheme.models import (
    Body,
    Cluster,
    Seat,
    Version,
)  # fmt: skip

from .applied import AUGUST, REPAIRED, SEPTEMBER, apply, seats, state

pytestmark = pytest.mark.django_db


def test_the_first_load_makes_the_cluster_of_the_work_plan():
    cluster = make.bnu()
    assert (cluster.name, cluster.programme) == ("北京师范大学组团", "师范教育协同提质计划")
    assert cluster.members.count() == 12
    assert [str(pair) for pair in queries.pairs(cluster, clock.today())] == [
        "北京师范大学—青海师范大学",
        "安徽师范大学—阜阳师范大学",
        "西北师范大学—阿坝师范学院",
        "四川师范大学—西昌民族幼儿师范高等专科学校",
    ]
    assert cluster.posts.get(key="office-head").powers == ["approve-unit", "report-unit", "people-unit"]
    assert queries.areas(cluster).first().name == "人才队伍建设"
    assert cluster.areas.get(key="x").is_individual
    assert cluster.versions.get().begins == date(2022, 4, 1)
    assert {row.begins for row in (*cluster.members.all(), *cluster.pairs.all(), *cluster.bodies.all())} == {
        date(2022, 4, 1)
    }


def test_bodies_stand_where_the_scheme_puts_them():
    cluster = make.bnu()
    tree = {(body.name, body.parent.name if body.parent else None) for body in queries.bodies(cluster, clock.today())}
    assert tree == {
        ("领导小组", None),
        ("大组团办公室", "领导小组"),
        ("专家委员会", "领导小组"),
        *((f"{name}小组团办公室", "大组团办公室") for name in make.PARTNERS),
        *((f"{name}项目组", f"{name}小组团办公室") for name in make.PARTNERS),
    }


def test_each_university_has_one_seat_in_the_leading_group_and_the_lead_is_not_asked_again():
    make.bnu()
    assert seats("领导小组") == [
        ("组长", "北京师范大学", 2),
        ("副组长", "北京师范大学", 1),
        *(("成员", name, 1) for name in ("青海省教育厅", "安徽省教育厅", "四川省教育厅")),
        *(("成员", name, 1) for name in ("安徽师范大学", "西北师范大学", "四川师范大学")),
        *(("成员", name, 1) for name in ("青海师范大学", "阜阳师范大学", "阿坝师范学院", "西昌民族幼专")),
    ]
    assert seats("安徽师范大学小组团办公室") == [("主任", None, 1), ("联络员", None, 1)]


def test_a_unit_in_two_roles_has_one_seat(bare):
    make.cluster_of(
        "bnu",
        changed(("body[leading-group].seat", [{"post": "甲", "each": ["lead"]}, {"post": "乙", "each": ["partner"]}])),
    )
    assert [seat[:2] for seat in seats("领导小组")] == [
        ("甲", "北京师范大学"), ("乙", "安徽师范大学"), ("乙", "西北师范大学"), ("乙", "四川师范大学"),
    ]  # fmt: skip


def test_the_same_text_again_changes_nothing_and_makes_no_version():
    make.bnu()
    before = state()
    assert apply(make.real_text()).number == 1
    with clock.at(date(2027, 3, 1)):
        apply(make.real_text(), begins=date(2027, 2, 1))
    assert state() == before


def test_the_same_text_saved_on_another_system_is_the_same_text():
    make.bnu()
    before = state()
    windows = "\ufeff" + make.real_text().replace("\n", "\r\n")
    apply(windows)
    apply(windows.encode())
    assert state() == before


def test_another_text_that_says_the_same_only_keeps_the_text():
    cluster = make.bnu()
    before = state(but=Version)
    assert apply(f"# 校订\n{make.real_text()}").number == 2
    assert state(but=Version) == before
    assert [version.text.startswith("# 校订") for version in cluster.versions.all()] == [False, True]


def test_a_pair_changes_in_the_middle_of_the_year():
    cluster = make.bnu()
    apply(changed(*REPAIRED), begins=SEPTEMBER)
    old = cluster.pairs.get(partner__name="西北师范大学")
    new = cluster.pairs.get(partner__name="安徽师范大学", supported__name="阿坝师范学院")
    assert (old.ends, new.begins, new.ends) == (AUGUST, SEPTEMBER, None)
    assert old.pk not in queries.pairs(cluster, SEPTEMBER).values_list("pk", flat=True)
    assert old.pk in queries.pairs(cluster, AUGUST).values_list("pk", flat=True)
    assert cluster.versions.count() == 2


def test_bodies_open_and_close_with_the_partners():
    cluster = make.bnu()
    apply(changed(*REPAIRED, ("unit[nwnu].roles", ["supported"]), ("pair[+]", PAIR_OF_NWNU)), begins=SEPTEMBER)
    office = cluster.bodies.get(name="西北师范大学小组团办公室")
    group = cluster.bodies.get(name="西北师范大学项目组")
    assert office.ends == group.ends == AUGUST
    assert {seat.ends for body in (office, group) for seat in body.seats.all()} == {AUGUST}
    apply(make.real_text().replace("format = 1", "format = 1 # 恢复"), begins=date(2026, 11, 1))
    again = cluster.bodies.get(name="西北师范大学小组团办公室", ends__isnull=True)
    assert again.begins == date(2026, 11, 1)
    assert again.parent.name == "大组团办公室"
    assert again.seats.count() == 2


PAIR_OF_NWNU = {"partner": "sicnu", "supported": "nwnu"}


def test_a_unit_leaves_and_comes_back_without_a_gap():
    cluster = make.bnu()
    apply(without_school(), begins=SEPTEMBER)
    assert "阿坝师范学院" not in [unit.name for unit in queries.members(cluster, SEPTEMBER)]
    apply(make.real_text() + "# 恢复\n", begins=SEPTEMBER)
    member = cluster.members.get(unit__name="阿坝师范学院")
    assert (member.begins, member.ends) == (date(2022, 4, 1), None)
    assert cluster.pairs.filter(ends__isnull=True).count() == 4


def without_school() -> str:
    """The real plan without 阿坝师范学院 and its partner's role."""
    plan = real()
    put(plan, "unit[abtu]", GONE)
    put(plan, "pair[3].supported", "xcmzyz")
    put(plan, "conference.members", [id for id in at(plan, "conference.members") if id != "abtu"])
    return toml(plan)


def test_a_unit_that_joins_brings_its_own_dates():
    cluster = make.bnu()
    joined = {"id": "lssz", "name": "拉萨师范高等专科学校", "kind": "university", "roles": ["supported"]}
    text = changed(
        ("unit[+]", {**joined, "from": SEPTEMBER, "to": date(2027, 8, 31)}),
        ("pair[+]", {"partner": "nwnu", "supported": "lssz"}),
    )
    apply(text)
    pair = cluster.pairs.get(supported__name="拉萨师范高等专科学校")
    assert (pair.begins, pair.ends) == (SEPTEMBER, date(2027, 8, 31))
    seat = Seat.objects.get(body__name="领导小组", unit__name="拉萨师范高等专科学校")
    assert (seat.begins, seat.ends) == (SEPTEMBER, date(2027, 8, 31))
    before = state()
    apply(text)
    assert state() == before


def test_a_seat_that_stays_keeps_its_holder_and_takes_the_new_powers():
    make.bnu()
    seat = make.appointment("expert").seat
    apply(changed(("body[expert-committee].seat[2].powers", ["expert", "read-cluster"])))
    assert make.appointment("expert").seat == seat
    assert make.actor("expert").powers == {"expert", "read-cluster"}


def test_rights_end_with_the_place_they_come_from():
    make.bnu()
    rights = {name: make.actor(name).powers for name in ("pair-office", "secretary", "supported-school")}
    assert all(rights.values())
    gone = real()
    put(gone, "body[pair-office].per", GONE)
    put(gone, "body[project-group]", GONE)
    put(gone, "obligation[project-group]", GONE)
    put(gone, "post[secretary]", GONE)
    put(gone, "unit[qhnu].to", AUGUST)
    apply(toml(gone), begins=SEPTEMBER)
    for name in rights:
        assert make.actor(name).cluster_id is None
    assert make.actor("liaison").cluster_id


def test_a_post_the_scheme_drops_is_shut_but_not_lost():
    cluster = make.bnu()
    plan = real()
    put(plan, "post[secretary]", GONE)
    apply(toml(plan))
    assert not cluster.posts.get(key="secretary").is_open
    assert "secretary" not in [post.key for post in queries.posts(cluster)]


def test_groups_that_an_office_founded_stay_and_names_it_gave_stay():
    cluster = make.bnu()
    group = cluster.bodies.get(name="安徽师范大学项目组")
    group.name, group.is_own = "专业认证项目组", True
    group.save()
    second = Body.objects.create(
        cluster=cluster, declared="project-group", name="课程共建项目组", is_own=True, unit=group.unit,
        parent=group.parent, begins=date(2024, 3, 1),
    )  # fmt: skip
    apply(changed(("body[project-group].duties", "协同提质")))
    names = set(cluster.bodies.filter(unit=group.unit, ends__isnull=True).values_list("name", flat=True))
    assert names == {"安徽师范大学小组团办公室", "专业认证项目组", "课程共建项目组"}
    assert [seat.post for seat in second.seats.all()] == ["组长", "组员"]


def test_at_least_two_groups_are_numbered():
    cluster = make.cluster_of("bnu", changed(("body[project-group].at_least", 2)))
    assert cluster.bodies.filter(name__in=["安徽师范大学项目组一", "安徽师范大学项目组二"]).count() == 2


def test_a_faulty_text_leaves_everything_as_it_was():
    make.bnu()
    before = state()
    with pytest.raises(RuleBroken, match=r"2处问题.*unit"):
        apply(changed(("unit[ahnu].roles", ["partnr"]), ("briefs.due_workdays", -1)))
    assert state() == before


def test_a_version_cannot_begin_before_the_last_one():
    make.bnu()
    apply(changed(*REPAIRED), begins=SEPTEMBER)
    with pytest.raises(RuleBroken, match="2026年9月1日"):
        apply(make.real_text() + "#", begins=AUGUST)


def test_a_change_shown_against_an_older_version_is_not_applied():
    cluster = make.bnu()
    apply(changed(*REPAIRED))
    with pytest.raises(RuleBroken, match="重新核对"):
        apply_scheme(system(), cluster, text=make.real_text() + "#", after=1)


def test_a_cluster_loaded_by_somebody_else_meanwhile_is_not_loaded_twice():
    seen = Cluster(key="bnu")
    make.bnu()
    with pytest.raises(RuleBroken, match="重新核对"):
        apply_scheme(system(), seen, text=changed(*REPAIRED), after=0)
    assert Cluster.objects.count() == Version.objects.count() == 1


def test_another_clusters_text_is_refused():
    cluster = make.bnu()
    with pytest.raises(RuleBroken, match="首都师范大学组团"):
        apply_scheme(system(), cluster, text=make.example_text("cnu"))


def test_a_version_loaded_ahead_takes_effect_on_its_day():
    cluster = make.bnu()
    new_year = date(2027, 1, 1)
    apply(changed(*REPAIRED, ("post[liaison].powers", ["people-unit"]), ("unit[abtu].name", "阿坝师范大学")), new_year)
    assert make.actor("liaison").powers == {"report-unit", "people-unit"}
    assert make.unit("阿坝师范学院")
    assert queries.in_force(cluster, clock.today()).post("liaison").powers == ("report-unit", "people-unit")
    with clock.at(new_year):
        start_due_versions.func()
        assert make.actor("liaison").powers == {"people-unit"}
        assert queries.name_on(make.unit("阿坝师范大学"), date(2026, 12, 31)) == "阿坝师范学院"
        before = state()
        start_due_versions.func()
        assert state() == before
        assert len(queries.pairs(cluster, new_year)) == 4


def test_a_version_still_to_come_is_corrected_only_on_its_own_day():
    make.bnu()
    apply(changed(*REPAIRED), begins=date(2027, 1, 1))
    with pytest.raises(RuleBroken, match="2027年1月1日"):
        apply(make.real_text() + "#", begins=date(2027, 2, 1))
    apply(make.real_text() + "#")
    assert Version.objects.last().begins == date(2027, 1, 1)


def test_rules_follow_the_version_in_force_on_the_day():
    cluster = make.bnu()
    apply(changed(("briefs.due_workdays", 8)), begins=SEPTEMBER)
    assert queries.in_force(cluster, AUGUST).briefs.due_workdays == 5
    assert queries.in_force(cluster, SEPTEMBER).briefs.due_workdays == 8
    assert queries.in_force(cluster, date(2020, 1, 1)).briefs.due_workdays == 5


@pytest.mark.parametrize("who", [name for name in make.ALL_PERSONAS if name != "administrator"])
def test_only_administrators_apply(who):
    cluster = make.bnu()
    with pytest.raises(Denied):
        apply_scheme(make.actor(who), cluster, text=make.real_text())


def test_history_keeps_who_applied_a_scheme():
    make.bnu()
    apply_scheme(make.actor("administrator"), queries.cluster_by_key("bnu"), text=changed(*REPAIRED), note="会议决定")
    entry = Entry.objects.first()
    assert (entry.label, entry.name, entry.note) == ("施行工作方案", "administrator", "会议决定")
    assert entry.target_words == "北京师范大学组团第2版方案"


def test_reading_a_cluster_costs_the_same_however_large(django_assert_num_queries):
    today = clock.today()
    for cluster in (make.bnu(), make.second_cluster()):
        with django_assert_num_queries(2):
            read = queries.bodies(cluster, today)
            assert [(body.parent, body.unit, seat.unit) for body in read for seat in body.seats.all()]
        with django_assert_num_queries(2):
            assert [queries.name_on(unit, today) for unit in queries.with_names(queries.members(cluster, today))]
