"""任意方案: however a plan is bent, checking it answers, and what it lets through can be read."""

from datetime import date, datetime
from datetime import time as clock_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scheme.test_check import every_key
from tests.scheme.writing import EXAMPLES, GONE, REAL, at, put, real, toml
from tizhi.pipeline.scheme.check import check
from tizhi.pipeline.scheme.declared import read

TEXT = REAL.read_text(encoding="utf-8")
PATHS = list(every_key(real()))
# What stands somewhere in the real plan, to be put where it does not belong.
WORDS = sorted({each for path in PATHS if isinstance(each := at(real(), path), str)})

scalars = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.integers(),
    st.integers(0, 12),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from([date(1, 1, 1), datetime(9999, 12, 31), clock_time(8, 30), "", "\0", "a" * 300, "\u202e"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
changes = st.lists(st.tuples(st.sampled_from(PATHS), st.just(GONE) | values), min_size=1, max_size=5)


def _fits(plan, path, value):
    """Make the change, unless an earlier one took its place away."""
    try:
        put(plan, path, value)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        return


def _promise(text):
    report = check(text)
    for fault in report:
        assert fault.entry
        assert fault.fault.endswith("。")
    if report.is_sound:
        scheme = read(text)
        assert all(scheme.unit(pair.partner) and scheme.unit(pair.supported) for pair in scheme.pairs)
        assert all(scheme.body(body.parent) for body in scheme.bodies if body.parent)
        evidence = [obligation.evidence for obligation in scheme.obligations]
        assert all(scheme.plan(each.plan).step(each.step or "") for each in evidence if each.plan)


@settings(max_examples=150, deadline=None, database=None)
@given(changes)
def test_a_bent_plan_is_answered(made):
    plan = real()
    for path, value in made:
        _fits(plan, path, value)
    _promise(toml(plan))


@settings(max_examples=100, deadline=None, database=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=10))
def test_a_torn_text_is_answered(start, length, instead):
    _promise(TEXT[:start] + instead + TEXT[start + length :])


@settings(max_examples=50, deadline=None, database=None)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_are_answered(text):
    _promise(text)


@pytest.mark.parametrize("path", [REAL, *sorted(EXAMPLES.glob("*.toml"))], ids=lambda path: path.stem)
def test_schemes_of_all_shapes_are_sound_and_read(path):
    text = path.read_text(encoding="utf-8")
    assert check(text).faults == ()
    assert read(text).units
