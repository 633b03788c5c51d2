"""The chain need → finding → measure: what hangs together, walked both ways, and where it is broken off [C4]."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.consultations.building import ASKED_ON as TODAY
from tests.consultations.building import SCHOOL, at, case
from tizhi.base.documents.drawing.parts import Box, Connector
from tizhi.pipeline.needs.models import NeedEvent, Trait
from tizhi.pipeline.results import queries
from tizhi.pipeline.results.chain import Chain, Piece, tied
from tizhi.pipeline.results.figure import drawn, drawn_narrow

from .building import finding, measure, need, plan, study

pytestmark = pytest.mark.django_db


def school_chain(who: str = "secretariat", school: str = SCHOOL) -> Chain:
    return queries.chain_of_school(make.actor(who), make.unit(school))


def broken(chain: Chain) -> list[tuple[str, str]]:
    return [(one.piece.words, one.words) for one in chain.broken]


def test_a_need_from_a_finding_with_its_measure_is_whole():
    found = finding(study())
    stated = need(finding=found)
    measure(plan(), needs=[stated], findings=[found])
    chain = school_chain()
    assert broken(chain) == []
    (row,) = chain.rows
    assert [one.said for one in row.pieces] == ["N1 建设实训课程", "短板问题 实训室不足", "M1 改造两间实训室"]
    assert (chain.answered, chain.to_answer) == (1, 1)


def test_where_it_is_broken_off_is_said_of_each_piece():
    there = study()
    need("没有人管的需求"), finding(there, "没有人采用的发现")
    measure(plan(), "凭空的举措")
    assert broken(school_chain()) == [
        ("没有人管的需求", "没有举措"), ("凭空的举措", "没有对应的需求"), ("没有人采用的发现", "没有人采用"),
    ]  # fmt: skip


def test_strengths_needs_that_are_met_or_withdrawn_and_what_was_withdrawn_break_nothing():
    finding(study(), "师资较强", "strength")
    need("已满足", state="met"), need("已撤回", state="withdrawn")
    measure(plan(), "已撤销的举措", withdrawn_at=at(TODAY))
    chain = school_chain()
    assert broken(chain) == []
    assert [one.words for one in chain.pieces] == ["已满足"]


@pytest.mark.parametrize("by", ["need", "refined", "trait", "measure", "consultation"])
def test_a_finding_is_taken_up_in_any_of_these_ways(by):
    found = finding(study())
    stated, unit = need(), make.unit(SCHOOL)
    person = stated.writer
    if by == "need":
        need("另一需求", finding=found)
    elif by == "refined":
        NeedEvent.objects.create(need=stated, kind="refined", finding=found, person=person, words="x", at=at(TODAY))
    elif by == "trait":
        Trait.objects.create(
            cluster=make.bnu(), unit=unit, kind="gap", text="短板", finding=found, writer=person, stated_at=at(TODAY)
        )
    elif by == "measure":
        measure(plan(), needs=[stated], findings=[found])
    else:
        case("asked", finding=found)
    assert "实训室不足" not in dict(broken(school_chain()))


def test_a_draft_or_a_consultation_taken_back_takes_nothing_up():
    found = finding(study())
    case("draft", finding=found), case("withdrawn", finding=found)
    assert dict(broken(school_chain())) == {"实训室不足": "没有人采用"}


def test_one_plan_shows_its_own_measures_and_the_school_those_of_all():
    stated = need()
    first, second = plan(), plan(year=2027)
    measure(first, "今年的举措", needs=[stated]), measure(second, "明年的举措", needs=[stated])
    chain = queries.chain_of_plan(make.actor("pair-office"), first)
    assert [one.words for one in chain.measures] == ["今年的举措"]
    assert {one.words for one in school_chain().measures} == {"今年的举措", "明年的举措"}


def test_it_is_walked_both_ways_and_does_not_turn():
    there = study()
    common, other = finding(there, "共同的发现"), finding(there, "另一发现")
    one, two = need("需求一", finding=common), need("需求二", finding=other)
    made = plan()
    both = measure(made, "共同的举措", needs=[one, two], findings=[common])
    chain = school_chain()
    around = chain.around(chain.piece(f"need-{one.pk}"))
    assert [piece.words for piece in around.pieces] == ["需求一", "共同的发现", "共同的举措"]
    back = chain.around(chain.piece(f"measure-{both.pk}"))
    assert [piece.words for piece in back.pieces] == ["需求一", "需求二", "共同的发现", "共同的举措"]
    assert chain.piece("need-0") is None


def test_nobody_sees_the_chain_of_a_school_he_does_not_read():
    stated = need()
    measure(plan(), needs=[stated], findings=[finding(study())])
    assert [unit.name for unit in queries.schools_visible_to(make.actor("supported-school"))] == ["青海师范大学"]
    assert school_chain("supported-school").pieces == []
    assert make.unit(SCHOOL) in queries.schools_visible_to(make.actor("pair-office"))
    assert queries.schools_visible_to(make.actor("ministry")) == []


def test_many_schools_and_pieces_cost_as_many_queries_as_one():
    there, made = study(), plan()
    counts = []
    for more in (1, 40):
        for n in range(more):
            found = finding(there, f"发现{n}")
            measure(made, f"举措{n}", needs=[need(f"需求{n}", finding=found)], findings=[found])
        actor = make.actor("secretariat")
        with CaptureQueriesContext(connection) as done:
            queries.chains_of(actor, queries.schools_visible_to(actor))
        counts.append(len(done))
    assert counts[0] == counts[1] <= 18


# The picture


def _piece(kind: str, pk: int, **given) -> Piece:
    return Piece(kind, pk, f"{kind}{pk}", f"第{pk}项", "desk:show", (), **given)


def _mixed() -> Chain:
    needs = [_piece("need", n) for n in (1, 2, 3)]
    findings = [_piece("finding", n) for n in (1, 2, 3)]
    measures = [_piece("measure", n) for n in (1, 2, 3)]
    pairs = [
        ("need-1", "finding-1"), ("finding-1", "measure-1"), ("need-1", "measure-1"), ("need-1", "measure-2"),
        ("need-2", "measure-2"), ("finding-2", "measure-3"), ("need-9", "measure-1"),
    ]  # fmt: skip
    pieces = [*needs, *findings, *measures]
    return Chain(needs, findings, measures, tied(pairs, pieces))


def test_the_picture_holds_every_piece_and_no_line_runs_through_a_box():
    chain = _mixed()
    for picture in (drawn(chain, "链条"), drawn_narrow(chain, "链条")):
        assert {box.card.key for box in picture.boxes} == {one.key for one in chain.pieces}
        assert "断开3处" in picture.description and "尚未启用" in picture.description
    wide = drawn(chain, "链条")
    lines = [part for part in wide.parts if isinstance(part, Connector)]
    assert len(lines) == 5
    for line in lines:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            for box in wide.boxes:
                crosses = (
                    min(x1, x2) < box.x + box.width - 1
                    and max(x1, x2) > box.x + 1
                    and box.y + 1 < max(y1, y2)
                    and min(y1, y2) < box.y + box.height - 1
                )
                assert not crosses, (line, box.card.key)


def test_a_broken_end_is_told_in_words_in_its_box():
    boxes = {box.card.key: box for box in drawn(_mixed(), "链条").boxes}
    assert [row.words for row in boxes["need-3"].card.rows] == ["没有举措"]
    assert isinstance(boxes["need-1"], Box) and not boxes["need-1"].card.rows


def test_nothing_at_all_is_a_picture_too():
    assert drawn(Chain(), "链条").boxes == drawn_narrow(Chain(), "链条").boxes == ()
