"""架构图: whatever the data holds on a day stands in the figures, and nothing else; for 8 universities and for 30."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from tests import make
from tests.scheme.applied import apply
from tests.scheme.thirty import thirty_text
from tests.scheme.writing import changed
from tizhi.base.documents.drawing.measure import ems
from tizhi.base.documents.drawing.parts import SIZES, Box, Drawing, Text
from tizhi.base.documents.drawing.svg import file_svg, page_svg
from tizhi.base.documents.plain import write_plain
from tizhi.base.documents.word import write_word
from tizhi.pipeline.directory.figures import FIGURES
from tizhi.pipeline.directory.figures.document import document
from tizhi.pipeline.directory.figures.structure import structure
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.directory.queries import seats_of_bodies
from tizhi.pipeline.scheme.models import Body, Cluster, Seat, Unit
from tizhi.pipeline.scheme.queries import pairs

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
WORKING, LEADING = FIGURES["working"], FIGURES["leading"]
LONG = "中国共产党新疆维吾尔自治区委员会教育工作领导小组秘书处与和田师范高等专科学校共建" * 2


def thirty() -> Cluster:
    return Cluster.objects.filter(key="thirty").first() or make.cluster_of("thirty", thirty_text())


CLUSTERS = {"bnu": make.bnu, "thirty": thirty, "cnu": make.second_cluster}


def told(drawing: Drawing) -> str:
    """All words of a drawing, lines joined as they were broken."""
    lines = []
    for part in drawing.parts:
        lines += [text.words for text in part.texts] if isinstance(part, Box) else []
        lines += [part.words] if isinstance(part, Text) else []
    return "".join(lines).replace(" ", "")


def all_layouts(cluster: Cluster, day: date = TODAY) -> list[Drawing]:
    found = structure(cluster, day)
    return [
        one
        for kind in FIGURES.values()
        for one in (kind.draw(found), kind.draw_narrow(found), *kind.draw_sheets(found))
    ]


def leading(cluster: Cluster, day: date = TODAY) -> str:
    return told(LEADING.draw(structure(cluster, day)))


def working(cluster: Cluster, day: date = TODAY) -> str:
    return told(WORKING.draw(structure(cluster, day)))


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_body_stands_in_the_figure_once(cluster):
    cluster = CLUSTERS[cluster]()
    drawing = LEADING.draw(structure(cluster, TODAY))
    keys = [box.card.key for box in drawing.boxes]
    bodies = Body.objects.on(TODAY).filter(cluster=cluster)
    assert sorted(keys) == sorted(f"body-{body.pk}" for body in bodies) and keys
    assert all(body.name in told(drawing) for body in bodies)


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_pair_stands_in_the_figure_with_an_arrow(cluster):
    cluster = CLUSTERS[cluster]()
    drawing = WORKING.draw(structure(cluster, TODAY))
    titles = [box.card.title for box in drawing.boxes]
    for pair in pairs(cluster, TODAY):
        partner = titles.index(pair.partner.name)
        assert pair.supported.name in titles[partner:]
    arrows = [part for part in drawing.parts if getattr(part, "arrows", "") == "end"]
    assert len(arrows) == pairs(cluster, TODAY).count()
    groups = Body.objects.on(TODAY).filter(cluster=cluster, declared="project-group")
    assert all(group.name in told(drawing) for group in groups)


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_empty_place_is_counted_and_dashed(cluster):
    cluster = CLUSTERS[cluster]()
    found = structure(cluster, TODAY)
    standing = seats_of_bodies(cluster, TODAY)
    assert found.missing == sum(one.missing for one in standing) > 0
    drawing = LEADING.draw(found)
    for body in standing:
        (box,) = [box for box in drawing.boxes if box.card.key == f"body-{body.body.pk}"]
        assert bool(box.vacancies) == bool(body.missing)
        assert len(box.vacancies) == sum(row.is_vacant for row in box.card.rows)


def test_empty_places_say_whom_they_wait_for_and_filled_ones_who_sits_there():
    cluster = make.bnu()
    make.person("丁一", "青海省教育厅", seat="领导小组成员")
    make.person("钱文", "北京师范大学", seat="专家委员会委员")
    make.persona("pair-office"), make.persona("project-group")
    said = leading(cluster)
    assert "相关省份教育厅分管同志：丁一（青海省教育厅）" in said
    assert "空缺2席：安徽省教育厅、四川省教育厅" in said
    assert "委员钱文" in said and "空缺3席，待北京师范大学教务部提名" in said
    assert "空缺　北京师范大学分管教学的校领导" in said
    assert "主任程璐" in said and "组长\u00a0\u00a0许岩" in said and "空缺　组员2席" in said


def test_many_seats_are_counted_and_not_listed():
    cluster = thirty()
    seats = Seat.objects.filter(body__cluster=cluster, unit__kind="university").select_related("unit")
    schools = [seat.unit for seat in seats.order_by("pk") if str(seat) == "领导小组成员"]
    for nth, unit in enumerate(schools[:26]):
        make.person(f"示例甲{nth}", unit, seat="领导小组成员", cluster=cluster)
    said = leading(cluster)
    assert "组团院校主要负责同志　29席，到位26人" in said and "示例甲3" not in said
    assert f"空缺3席：{'、'.join(unit.called for unit in schools[26:])}" in said
    assert "空缺29席　“提质计划”牵头部门：" in said and "等29个单位" in said


def test_past_days_show_the_pairs_and_names_of_then():
    cluster = make.bnu()
    apply(changed(("pair[3].partner", "ahnu"), ("unit[abtu].name", "阿坝师范大学")), begins=date(2026, 9, 1))
    before = date(2026, 8, 31)
    assert "阿坝师范大学" in working(cluster) and "阿坝师范学院" in working(cluster, before)
    assert "阿坝师范大学" not in working(cluster, before)
    assert "结对：阜阳师范大学、阿坝师范大学" in leading(cluster)
    assert "结对：阿坝师范学院" in leading(cluster, before) and "结对：阜阳师范大学、" not in leading(cluster, before)
    assert "尚无结对院校" in working(cluster) and "尚无结对院校" not in working(cluster, before)
    assert "截至2026年8月31日" in LEADING.draw(structure(cluster, before)).note


def test_an_office_bears_the_name_its_university_bore():
    cluster = make.bnu()
    apply(changed(("unit[nwnu].name", "西北师范学院")), begins=date(2026, 9, 1))
    assert "西北师范学院小组团办公室" in leading(cluster)
    assert "西北师范大学小组团办公室" in leading(cluster, date(2026, 8, 31))


def test_before_the_cluster_begins_there_is_nothing():
    found = structure(make.bnu(), date(2020, 1, 1))
    assert not found.members and not found.bodies and not found.pairs


def test_a_cluster_without_expert_committee_or_without_bodies_is_drawn_as_it_is():
    assert "专家委员会" not in leading(make.second_cluster())
    least = structure(make.cluster_of("hnu", make.example_text("least")), TODAY)
    assert not LEADING.draw(least).boxes
    assert told(WORKING.draw(least)) == "湖南师范大学组团牵头高校湖南师范大学"
    assert LEADING.clause(least) == "" and WORKING.described(least) == "1所院校、0个结对"


def test_bodies_of_supported_schools_and_a_lead_that_is_no_partner():
    cluster = make.cluster_of("swu", make.example_text("swu"))
    said = leading(cluster)
    assert "河西学院专班一" in said and "河西学院专班二" in said and "组团办公室" in said
    assert "牵头高校首都师范大学" in working(make.second_cluster())


def test_a_school_of_two_partners_says_so_at_both():
    said = working(thirty())
    assert "同时由四川师范大学支持" in said and "同时由西北师范大学支持" in said


def test_a_group_closed_or_named_by_its_office_shows_so():
    cluster = make.bnu()
    group = Body.objects.get(name="安徽师范大学项目组")
    Body.objects.filter(pk=group.pk).update(name="专业认证与课程共建项目组", is_own=True)
    assert "专业认证与课程共建项目组" in leading(cluster) and "专业认证与课程共建项目组" in working(cluster)
    Body.objects.filter(pk=group.pk).update(ends=date(2026, 10, 31))
    assert "专业认证与课程共建项目组" not in leading(cluster)
    assert "专业认证与课程共建项目组" in leading(cluster, date(2026, 10, 31))


@pytest.mark.parametrize("cluster", [make.bnu, thirty])
def test_the_longest_names_leave_no_box_and_no_box_covers_another(cluster):
    cluster = cluster()
    Unit.objects.filter(memberships__cluster=cluster).update(name=LONG[:80], short_name="")
    Body.objects.filter(cluster=cluster).update(name=LONG, is_own=True)
    make.person("示例·" + LONG[:50], Unit.objects.filter(kind="university").last(), seat="", cluster=cluster)
    for drawing in all_layouts(cluster):
        for box in drawing.boxes:
            assert box.x >= 0 and box.x + box.width <= drawing.width + 0.1
            assert box.y >= 0 and box.y + box.height <= drawing.height + 0.1
            for text in box.texts:
                assert text.x + ems(text.words) * SIZES[text.style] <= box.width
                assert SIZES[text.style] <= text.y < box.height
        assert not _covered(drawing)


def _covered(drawing: Drawing) -> list[tuple[str, str]]:
    boxes = sorted(drawing.boxes, key=lambda box: (box.x, box.y))
    return [
        (one.card.title, other.card.title)
        for nth, one in enumerate(boxes)
        for other in boxes[nth + 1 :]
        if other.x < one.x + one.width and one.x < other.x + other.width
        if other.y < one.y + one.height and one.y < other.y + other.height
    ]


@pytest.mark.parametrize("cluster", [make.bnu, thirty])
def test_a_phone_needs_no_sideways_scrolling_and_print_stays_readable(cluster):
    found = structure(cluster(), TODAY)
    for kind in FIGURES.values():
        assert kind.draw_narrow(found).width <= 358
        sheets = kind.draw_sheets(found)
        points = [min(225 / one.width, 140 / one.height) * 13 / 25.4 * 72 for one in sheets]
        assert min(points) >= 6.5  # 小六号
        shown = [box.card.key for one in sheets for box in one.boxes if not box.card.title.endswith("（续）")]
        assert sorted(shown) == sorted(box.card.key for box in kind.draw(found).boxes)
    assert len(LEADING.draw_sheets(structure(make.bnu(), TODAY))) == 1


def test_hostile_names_stay_words():
    cluster = make.bnu()
    evil = "<script>alert(1)</script>&\"'\x1b"
    person = make.person("甲", "北京师范大学", seat="专家委员会委员")
    Person.objects.filter(pk=person.pk).update(name=evil)
    Unit.objects.filter(name="安徽师范大学").update(name=evil)
    Body.objects.filter(declared="expert-committee").update(name=evil)
    for drawing in all_layouts(cluster):
        for text in (file_svg(drawing), page_svg(drawing, identity="a")):
            assert not list(etree.fromstring(text).iter("{http://www.w3.org/2000/svg}script"))
    assert "<script>alert(1)</script>" in leading(cluster)


def test_the_figures_cost_the_same_for_8_and_for_30():
    def cost(cluster: Cluster) -> int:
        with CaptureQueriesContext(connection) as asked:
            found = structure(cluster, TODAY)
            for kind in FIGURES.values():
                kind.draw(found), kind.draw_narrow(found)
        return len(asked)

    few, many = make.bnu(), thirty()
    structure(few, TODAY), structure(many, TODAY)
    assert cost(few) == cost(many) <= 12
    make.persona("pair-office"), make.persona("expert")
    assert cost(few) == cost(many)


def test_the_word_document_holds_both_figures_as_the_plan_counts_them():
    cluster = make.bnu()
    text, images = document(structure(cluster, TODAY))
    plain = write_plain(text)
    assert "表1 组团内工作架构图（截至2026年11月23日）" in plain and "表2 组织领导架构图（截至2026年11月23日）" in plain
    assert "阜阳师范大学" in plain and "领导小组组长2席" in plain and "待北京师范大学教务部提名" in plain
    assert "附件" not in plain
    assert len(images) == 2 and all(content.startswith(b"\x89PNG") for content in images.values())
    assert len(write_word(text, images)) > 50_000


def test_a_figure_of_30_goes_on_over_sheets_in_word_with_one_caption_each():
    text, images = document(structure(thirty(), TODAY))
    captions = [block.caption for annex in text.annexes for block in annex.blocks if block.caption]
    assert len(captions) == 2 and len(images) == len(text.annexes) > 2
    assert all(annex.landscape for annex in text.annexes)


def test_bodies_stand_below_the_one_they_belong_to():
    drawing = LEADING.draw(structure(make.bnu(), TODAY))
    boxes = {box.card.title: box for box in drawing.boxes}
    way = ("领导小组", "大组团办公室（联席会议秘书处）", "安徽师范大学小组团办公室", "安徽师范大学项目组")
    for upper, lower in pairwise(way):
        assert boxes[upper].y + boxes[upper].height < boxes[lower].y
    assert boxes["专家委员会"].y == boxes["大组团办公室（联席会议秘书处）"].y
