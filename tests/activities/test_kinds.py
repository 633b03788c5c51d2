"""Every kind of activity, by the same questions."""

from decimal import Decimal

import pytest

from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.activities.kinds import KINDS, kind_of
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.scheme import terms

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)


def test_the_kinds_are_those_a_scheme_may_name():
    assert {kind.code: kind.label for kind in KINDS.values()} == terms.ACTIVITY_KINDS


def test_a_kind_no_longer_kept_is_shown_as_other():
    assert kind_of("no-longer-kept").label == "其他"


@every_kind
def test_its_figures_go_in_and_come_out(kind):
    typed = {figure.key: " 1,2０0 " for figure in kind.figures}
    kept = kind.clean(typed)
    assert kept == {figure.key: 1200 for figure in kind.figures}
    assert next(figure.words(value) for figure, value in kind.filled(kept)) in kind.words(kept)
    assert kind.missing(kept) == {}


@every_kind
def test_it_asks_for_few_figures_and_says_which_are_missing(kind):
    assert len(kind.figures) <= 5
    assert len(kind.required) <= 2
    assert kind.missing({}) == {figure.key: f"请填写{figure.label}" for figure in kind.required}


@every_kind
@pytest.mark.parametrize("wrong", ["多人", "-1", "9" * 12, "1.234", "NaN", "1e400"])
def test_a_wrong_figure_is_named_in_words(kind, wrong):
    figure = kind.figures[0]
    with pytest.raises(RuleBroken) as fault:
        kind.clean({figure.key: wrong})
    assert figure.label in fault.value.fields[figure.key]


@every_kind
def test_its_figures_never_hide_a_field_all_kinds_share(kind):
    columns = {field.name for field in Activity._meta.get_fields()}
    assert not columns & {figure.key for figure in kind.figures}


@every_kind
def test_what_it_does_not_ask_for_is_dropped(kind):
    assert kind.clean({"salary": 1}) == {}


def test_figures_of_several_activities_are_added_where_that_says_something():
    training = KINDS["training"]
    total = training.total([{"trainees": 86, "hours": 24}, {"trainees": 14, "hours": 16.5}])
    assert total == {"trainees": 100}


def test_decimals_add_up_exactly():
    from tizhi.pipeline.activities.kind import Figure, Kind

    money = Kind("money", "经费", "coin", figures=(Figure("money", "经费", "万元", places=2),))
    total = money.total([money.clean({"money": "0.1"}), money.clean({"money": "0.2"})])
    assert Decimal(str(total["money"])) == Decimal("0.3")
