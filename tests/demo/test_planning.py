"""示例动态: the same day gives the same plan, and it reads like the real thing."""

from collections import Counter
from datetime import date

from tizhi.base.kit.periods import period_of
from tizhi.demo import planning
from tizhi.pipeline.activities.kinds import KINDS

PAIRS = [("bnu", "qhnu"), ("ahnu", "fynu"), ("nwnu", "abtu"), ("sicnu", "xcmzyz")]
NAMES = {key: f"{key}大学" for pair in PAIRS for key in pair}
TODAY = date(2026, 11, 20)


def _weekday(day):
    return day.weekday() < 5


def _plan():
    return planning.plan(TODAY, PAIRS, NAMES, _weekday)


def test_the_same_day_gives_the_same_plan():
    assert _plan() == _plan()


def test_eight_quarters_up_to_today_about_four_hundred_activities():
    plan = _plan()
    assert 380 <= len(plan) <= 440
    assert len({period_of(one.last).key for one in plan}) == 8
    assert max(one.last for one in plan) <= TODAY


def test_every_kind_and_area_is_there_and_some_are_late_returned_or_reported_twice():
    plan = _plan()
    assert {one.kind for one in plan} == set(KINDS)
    assert {one.area for one in plan} == {"talent", "disciplines", "basic-education", "management", "x"}
    assert Counter(bool(one.days_late) for one in plan)[True] > 20
    assert sum(bool(one.returned) for one in plan) > 10
    assert any(one.title.startswith("我校") for one in plan)
    assert {one.rests for one in plan} == {"", "draft", "returned"}


def test_no_slot_of_a_style_is_left_unfilled():
    for one in _plan():
        assert "{" not in one.title and "{" not in one.text.replace("{leader}", "")


def test_figures_are_those_the_kind_asks_for():
    for style in planning.STYLES:
        kind = KINDS[style["kind"]]
        required = {figure.key for figure in kind.figures if figure.required}
        assert required <= set(style["figures"]), style["title"]
