"""校领导实地调研: who counts, where, when – the leader of that day, on site, at the own school [四(五)2, H3]."""

from datetime import date, timedelta

import pytest

from tests.obligations.build import (
    LEAD,
    LEAD_VISIT,
    OTHER_SCHOOL,
    PARTNER,
    SCHOOL,
    STUDY,
    VISIT,
    at,
    brief,
    changed,
    holder,
    ledger,
    line_of,
    lines,
    online,
    rule,
    score_of,
    since_the_start,
    state_of,
    twin,
    under,
    vice_president,
    visit,
)
from tizhi.pipeline.activities.models import ActivityLeader

pytestmark = pytest.mark.django_db

MAY, SEPTEMBER = date(2026, 5, 20), date(2026, 9, 3)


def counts(rule: str = VISIT, who: str = PARTNER, **given) -> bool:
    return score_of(rule, who, **given)[0] > 0


def test_a_visit_of_the_vice_president_to_the_own_school_is_the_years_visit():
    since_the_start()
    assert state_of(VISIT) == "临期"
    visit(MAY)
    line = line_of(VISIT)
    assert (line.state.word, line.done_on, line.score, line.left) == ("已完成", "2026年5月20日", "", "")


@pytest.mark.parametrize(
    ("given", "does"),
    [
        ({}, True),
        ({"state": "accepted"}, True),
        ({"state": "submitted"}, False),
        ({"state": "returned"}, False),
        ({"state": "draft"}, False),
        ({"binned_at": at(SEPTEMBER)}, False),
        ({"mode": "online"}, False),
        ({"mode": "both"}, False),
        ({"kind": "lecture"}, False),
        ({"stage": "first"}, True),
        ({"units": ((SCHOOL, "visitor"), (PARTNER, "host"))}, False),
        ({"units": ((OTHER_SCHOOL, "host"), (PARTNER, "visitor"))}, False),
        ({"units": ((OTHER_SCHOOL, "host"), (SCHOOL, "attending"), (PARTNER, "visitor"))}, False),
    ],
    ids=str,
)
def test_it_counts_accepted_on_site_and_with_the_school_as_host(given, does):
    since_the_start()
    visit(MAY, **given)
    assert counts() is does


def test_an_online_visit_leaves_the_duty_open():
    since_the_start()
    online(MAY)
    assert (state_of(VISIT), score_of(VISIT)) == ("临期", (0, 1))


@pytest.mark.parametrize("post", ["president", "office-head", "liaison"])
def test_who_holds_another_post_does_not_count(post):
    since_the_start()
    visit(MAY, who=holder("吴桐", post=post))
    assert not counts()


def test_the_vice_president_of_another_university_does_not_count():
    since_the_start()
    visit(MAY, who=vice_president("西北师范大学"))
    assert not counts()


def test_a_leader_who_stands_there_in_words_only_is_not_known_to_hold_the_post():
    since_the_start()
    made = visit(MAY, who=[])
    ActivityLeader.objects.create(activity=made, name="高远", post_words="副校长")
    assert not counts()


def test_the_holder_of_that_day_counts_when_the_post_changes_hands_in_mid_year():
    since_the_start()
    before = holder("高远", ends=date(2026, 6, 30))
    after = holder("吴桐", begins=date(2026, 7, 1))
    visit(date(2026, 7, 1), who=before)
    visit(date(2026, 6, 30), who=after)
    assert not counts()
    visit(date(2026, 7, 1), who=after)
    visit(date(2026, 6, 30), who=before)
    assert score_of(VISIT) == (2, 1)


def test_a_leader_who_has_left_since_still_counts_for_the_days_he_was_in_post():
    since_the_start()
    visit(MAY, who=holder("高远", ends=date(2026, 6, 30)))
    assert state_of(VISIT) == "已完成"


def test_one_day_of_the_visit_in_post_is_enough():
    since_the_start()
    visit(date(2026, 7, 2), who=holder("高远", ends=date(2026, 6, 30)), first_day=date(2026, 6, 29))
    assert counts()


def test_a_post_held_twice_counts_in_both_terms_and_not_between():
    since_the_start()
    leader = holder("高远", ends=date(2026, 2, 28))
    holder("高远", begins=date(2026, 9, 1))
    visit(MAY, who=leader)
    assert not counts()
    visit(date(2026, 2, 10), who=leader)
    visit(SEPTEMBER, who=leader)
    assert score_of(VISIT) == (2, 1)


def test_two_leaders_at_one_visit_make_one_visit():
    since_the_start()
    visit(MAY, who=[holder("高远"), holder("吴桐")])
    assert score_of(VISIT) == (1, 1)


def test_a_visit_across_new_year_belongs_to_the_year_it_ended_in():
    since_the_start()
    visit(date(2026, 1, 2), first_day=date(2025, 12, 30))
    assert score_of(VISIT, period="2025") == (0, 1)
    assert score_of(VISIT, period="2026") == (1, 1)


def test_a_visit_before_the_cluster_began_does_not_count_not_even_once_for_all():
    once = rule("opening", once=True, toward="paired-school", evidence={"kind": "activity", "activity": "field-study"})
    under(("cluster.starts", date(2023, 1, 1)), ("obligation[+]", once), since=date(2023, 1, 1))
    leader = holder("高远", begins=date(2022, 1, 1))
    visit(date(2022, 12, 31), who=leader)
    assert not counts(period="2023") and not counts("opening")
    visit(date(2023, 1, 1), who=leader)
    assert counts(period="2023") and counts("opening")


# The lead, which leads and is a partner itself


def test_a_visit_of_the_lead_to_its_own_school_counts_once_for_its_own_rule():
    since_the_start()
    visit(MAY, by=LEAD, to=OTHER_SCHOOL)
    assert state_of(VISIT, LEAD) == "已完成"
    assert state_of(LEAD_VISIT, LEAD) == "临期"


def test_a_second_visit_of_the_lead_to_its_own_school_counts_for_the_other_rule():
    since_the_start()
    visit(MAY, by=LEAD, to=OTHER_SCHOOL)
    visit(SEPTEMBER, by=LEAD, to=OTHER_SCHOOL)
    assert (state_of(VISIT, LEAD), state_of(LEAD_VISIT, LEAD)) == ("已完成", "已完成")
    assert line_of(LEAD_VISIT, LEAD).done_on == "2026年9月3日"


def test_a_visit_of_the_lead_to_any_other_school_counts_for_the_lead_alone():
    since_the_start()
    visit(MAY, by=LEAD, to=SCHOOL)
    assert (state_of(VISIT, LEAD), state_of(LEAD_VISIT, LEAD)) == ("临期", "已完成")
    assert not counts()  # 阜阳师范大学's own partner has not been there


def test_two_universities_that_travel_together_have_each_made_their_visit():
    since_the_start()
    leaders = [vice_president(), vice_president(LEAD)]
    visit(MAY, who=leaders, units=((SCHOOL, "host"), (PARTNER, "visitor"), (LEAD, "visitor")))
    assert (state_of(VISIT), state_of(LEAD_VISIT, LEAD)) == ("已完成", "已完成")


def test_what_one_rule_asks_many_times_leaves_the_next_visit_for_the_other():
    under((f"obligation[{VISIT}].count", 12), (f"obligation[{LEAD_VISIT}].count", 12))
    for n in range(24):
        visit(date(2026, 3, 1) + timedelta(days=n), by=LEAD, to=OTHER_SCHOOL)
    assert (state_of(VISIT, LEAD), state_of(LEAD_VISIT, LEAD)) == ("已完成", "已完成")


@pytest.mark.parametrize(("one", "other"), [(VISIT, LEAD_VISIT), (LEAD_VISIT, VISIT)])
def test_one_visit_counts_for_both_where_the_scheme_says_so(one, other):
    under((f"obligation[{one}].also_counts_for", [other]))
    visit(MAY, by=LEAD, to=OTHER_SCHOOL)
    assert (state_of(VISIT, LEAD), state_of(LEAD_VISIT, LEAD)) == ("已完成", "已完成")


# Pairs


def three_schools() -> None:
    schools = (SCHOOL, OTHER_SCHOOL, "阿坝师范学院")
    ids = ("fynu", "qhnu", "abtu")
    pairs = [{"partner": "ahnu", "supported": id} for id in ids] + [{"partner": "sicnu", "supported": "xcmzyz"}]
    under(("pair", pairs))
    assert {line.toward for line in lines(VISIT)} == set(schools)


def test_a_partner_with_three_schools_owes_three_visits():
    three_schools()
    visit(MAY, to=SCHOOL)
    visit(SEPTEMBER, to="阿坝师范学院")
    assert [line.state.word for line in lines(VISIT)] == ["临期", "已完成", "已完成"]
    assert line_of(VISIT, toward=OTHER_SCHOOL).state.word == "临期"


def test_one_journey_to_two_of_its_schools_is_a_visit_to_each():
    three_schools()
    visit(MAY, units=((SCHOOL, "host"), (OTHER_SCHOOL, "host"), (PARTNER, "visitor")))
    assert [score_of(VISIT, toward=school)[0] for school in (SCHOOL, OTHER_SCHOOL, "阿坝师范学院")] == [1, 1, 0]


def test_a_partner_without_a_school_owes_none():
    three_schools()
    assert lines(VISIT, "西北师范大学") == []
    assert len(lines(LEAD_VISIT, LEAD)) == 1


def given_to_another_in_july() -> None:
    since_the_start()
    changed(("pair[2].partner", "sicnu"), begins=date(2026, 7, 1))


def test_a_pair_that_ended_in_june_owes_the_half_years_study_and_no_visit_of_that_year():
    given_to_another_in_july()
    assert lines(VISIT) == []
    assert [line.instance.period.key for line in lines(STUDY)] == ["2026H1"]
    assert state_of(VISIT, period="2025") == "逾期"


def test_who_took_the_school_over_owes_its_visit_of_that_year_and_the_second_half_years_study():
    given_to_another_in_july()
    owed = {"toward": SCHOOL}
    assert state_of(VISIT, "四川师范大学", **owed) == "临期"
    assert [line.instance.period.key for line in lines(STUDY, "四川师范大学", **owed)] == ["2026H2"]


def test_as_of_may_the_pair_that_ended_in_june_still_owed_its_visit():
    given_to_another_in_july()
    assert state_of(VISIT, as_of=date(2026, 5, 31)) == "未到期"


def test_a_school_of_two_partners_is_owed_a_visit_by_each():
    since_the_start()
    changed(("pair[+]", {"partner": "ahnu", "supported": "abtu"}), begins=date(2026, 9, 1))
    visit(MAY, by="西北师范大学", to="阿坝师范学院")
    assert state_of(VISIT, "西北师范大学") == "已完成"
    assert [line.toward for line in lines(VISIT)] == [SCHOOL, "阿坝师范学院"]
    assert state_of(VISIT, toward="阿坝师范学院") == "临期"
    # What is due once counts from the first day of the pair.
    assert line_of("first-study", toward="阿坝师范学院").due == date(2026, 11, 30)
    assert line_of("first-study", toward=SCHOOL).due == date(2022, 6, 30)


def test_a_university_of_two_clusters_owes_in_each_what_that_ones_scheme_asks():
    since_the_start()
    other = twin()
    visit(MAY, cluster=other)
    assert (counts(), counts(cluster=other)) == (False, True)
    assert len(ledger().lines) == len(ledger(cluster=other).lines)


def test_a_post_held_in_the_other_cluster_only_does_not_count_here():
    since_the_start()
    visit(MAY, who=vice_president(cluster=twin()))
    assert not counts()


def test_what_the_platform_tells_beside_a_visit_of_the_year_is_a_training_no_visit():
    since_the_start()
    brief(MAY)
    assert not counts()
