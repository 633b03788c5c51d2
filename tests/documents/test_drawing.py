"""图: words stay in their boxes, boxes apart from one another, and a drawing is read as well as seen."""

import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageFont

from tizhi.base.documents import fonts
from tizhi.base.documents.drawing.arrange import Family, Node, families, hang, tiles
from tizhi.base.documents.drawing.measure import ems, wrapped
from tizhi.base.documents.drawing.parts import SIZES, Box, Card, Connector, Drawing, Mark, Row, boxed
from tizhi.base.documents.drawing.png import write_png
from tizhi.base.documents.drawing.svg import file_svg, page_svg
from tizhi.base.kit.errors import RuleBroken

SVG = "{http://www.w3.org/2000/svg}"
NASTY = (
    "中国共产党新疆维吾尔自治区委员会教育工作领导小组秘书处与和田师范高等专科学校共建办公室",
    "W" * 90,
    "བོད་ལྗོངས་དགེ་ཐོན་སློབ་གྲྭ་ཆེན་མོ། 西藏",
    "شىنجاڭ پېداگوگىكا ئۇنىۋېرسىتېتى",
    "<script>alert('字')</script>&\"",
    "😀" * 40,
    "𬭼喆玥翀堃赟" * 8,
    "（（（（（（（（（（（（）））））））））））））",
)


def drawing(*parts, **given) -> Drawing:
    return Drawing("示例图", "一句话说明。", 400, 300, parts, **given)


def card(**given) -> Card:
    told = {
        "key": "office", "title": "大组团办公室", "notes": ("负责日常工作",),
        "rows": (Row("主任", "示例·王敏"), Row("成员", "空缺2席：青海师范大学、阜阳师范大学", is_vacant=True)),
    }  # fmt: skip
    return Card(**{**told, **given})


def tree(name: str, *children: Node) -> Node:
    return Node(card(key=name, title=name), children)


def parsed(text: str) -> etree._Element:
    return etree.fromstring(text)


def words(root: etree._Element) -> list[str]:
    return [one.text for one in root.iter(f"{SVG}text")]


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)


def outside(box: Box) -> list[str]:
    """The lines of a box that reach over its edge."""
    return [
        text.words
        for text in box.texts
        if text.x + ems(text.words) * SIZES[text.style] > box.width - 1
        or not SIZES[text.style] <= text.y <= box.height - 4
    ]


# Words


@given(st.text(max_size=120), st.floats(40, 400))
def test_no_line_is_wider_than_asked(text, width):
    for line in wrapped(text, width, 13):
        assert len(line) == 1 or ems(line) * 13 <= width + 0.001


@given(st.text(alphabet="青海师范大学、，。；：（）“”《》 　ABCdef12", max_size=80), st.floats(60, 300))
def test_every_sign_is_kept_and_in_order(text, width):
    kept = "".join(wrapped(text, width, 13))
    assert kept.replace(" ", "").replace("　", "") == text.replace(" ", "").replace("　", "")


def test_names_stay_whole_and_marks_do_not_begin_a_line():
    lines = wrapped("北京师范大学书记、校长：示例·林致远、示例·宋明、示例·高岚", 13 * 12, 13)
    assert not [line for line in lines if line.startswith(("、", "：", "，"))]
    for name in ("示例·林致远", "示例·宋明", "示例·高岚"):
        assert any(name in line for line in lines)


def test_words_are_never_measured_narrower_than_the_font_draws_them():
    face = fonts.chinese()
    for cut in face.fonts.fonts():
        if cut.family == face.family and cut.weight in (400, 600, 700):
            font = ImageFont.truetype(cut.path, 1000, index=cut.index)
            narrow = [sign for sign in map(chr, range(32, 127)) if font.getlength(sign) / 1000 > ems(sign) + 0.001]
            assert not narrow, cut.path


# Boxes


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("width", [170, 276, 500])
def test_the_longest_words_stay_in_their_box(name, width):
    for is_small in (False, True):
        rows = (Row(name, name), Row("", name, is_vacant=True), Row("成员", name, is_vacant=True))
        box = boxed(card(title=name, notes=(name,), rows=rows, mark="t", is_small=is_small), width)
        assert not outside(box)
        assert all(gap.x + gap.width <= width and gap.y + gap.height <= box.height for gap in box.vacancies)


def test_what_is_missing_stands_in_a_dashed_place_of_its_own():
    box = boxed(card(), 300)
    (gap,) = box.vacancies
    lines = [text for text in box.texts if text.style == "vacant"]
    assert len(lines) == 2
    assert all(gap.x < line.x and gap.y < line.y < gap.y + gap.height for line in lines)


def test_boxes_keep_apart_and_lines_end_at_boxes():
    groups = [tree(f"组{nth}", tree(f"项目组{nth}"), tree(NASTY[nth % len(NASTY)])) for nth in range(11)]
    block = families([Family("", (tree("上"),), 1, 500), Family("上", tuple(groups), 5, 320)], 1192)
    boxes = [part for part in block.parts if isinstance(part, Box)]
    assert len(boxes) == 1 + 11 * 3
    assert not [(one, other) for one in boxes for other in boxes if one is not other and overlap(one, other)]
    assert all(box.x >= 0 and box.x + box.width <= 1192 and box.y + box.height <= block.height for box in boxes)
    edges = {(box.x, box.y + dy) for box in boxes for dy in range(60)} | {
        (box.x + box.width / 2, box.y) for box in boxes
    }
    lines = [part for part in block.parts if isinstance(part, Connector)]
    ends = [line.points[-1] for line in lines if line.points[-1][1] != boxes[0].height]
    assert len(ends) >= 11 * 3
    near = [end for end in ends if any(abs(end[0] - x) < 1 and abs(end[1] - y) < 1 for x, y in edges)]
    assert len(near) >= 11 * 3


def test_a_line_passes_beside_what_stands_between():
    block = families(
        [
            Family("", (tree("上"),), 1, 500),
            Family("上", (tree("左"), tree("中"), tree("右")), 3, 300),
            Family("上", (tree("下一"), tree("下二")), 5, 300),
        ],
        1192,
    )
    boxes = {part.card.key: part for part in block.parts if isinstance(part, Box)}
    between = boxes["中"]
    for line in (part for part in block.parts if isinstance(part, Connector)):
        for (x, y), (to_x, to_y) in zip(line.points, line.points[1:], strict=False):
            if x == to_x and between.x < x < between.x + between.width:
                assert not (min(y, to_y) < between.y + between.height - 1 and max(y, to_y) > between.y + 1)


def test_tiles_of_a_row_are_equally_high():
    block = tiles([card(title=name, rows=(), is_small=True) for name in ("短", *NASTY[:4])], 600, 3)
    rows = {}
    for box in block.parts:
        rows.setdefault(box.y, set()).add(box.height)
    assert len(rows) == 2 and all(len(heights) == 1 for heights in rows.values())


def test_nothing_to_hang_takes_no_room():
    assert hang([], 1192, 600, 5, 320).height == 0


# SVG


def test_a_file_is_a_picture_with_title_and_description_and_looks_by_itself():
    root = parsed(file_svg(drawing(boxed(card(), 300), note="截至2026年11月23日")))
    assert root.get("role") == "img" and root.get("font-family")
    assert root.findtext(f"{SVG}title") == "示例图" and root.findtext(f"{SVG}desc") == "一句话说明。"
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")
    assert "截至2026年11月23日" in words(root)
    assert all(one.get("fill") and one.get("font-size") for one in root.iter(f"{SVG}text"))
    assert not [one for one in root.iter() if one.get("class") or one.get("style")]


def test_a_page_colours_it_by_its_styles_and_its_boxes_lead_on():
    links = {"office": "/cluster/bodies/1/"}
    root = parsed(page_svg(drawing(boxed(card(), 300), Mark(0, 0, "t")), identity="wide", links=links))
    assert root.get("role") == "group" and root.find(f"{SVG}title").get("id") == "wide-title"
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == "/cluster/bodies/1/" and link.findtext(f"{SVG}text") == "大组团办公室"
    assert not [one for one in root.iter() if one.get("fill") or one.get("stroke") or one.get("style")]


def test_words_are_read_in_the_order_of_the_data():
    root = parsed(page_svg(drawing(boxed(card(), 400), boxed(card(title="专家委员会", rows=()), 400)), identity="a"))
    assert words(root) == [
        "大组团办公室", "负责日常工作", "主任", "示例·王敏", "成员", "空缺2席：青海师范大学、阜阳师范大学",
        "专家委员会", "负责日常工作",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [*NASTY, "甲\x00乙\x1b\ufffe丙\ud800"])
def test_hostile_words_stay_words(name):
    box = boxed(card(title=name, rows=(Row(name, name),)), 300)
    for text in (
        file_svg(replace(drawing(box), title=name, description=name, note=name)),
        page_svg(replace(drawing(box), title=name, description=name), identity="a", links={"office": '/"><x>'}),
    ):
        root = parsed(text)
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            "svg", "title", "desc", "g", "a", "rect", "path", "text",
        }  # fmt: skip


def test_marks_have_their_colour_on_paper_and_its_letter_on_a_page():
    marked = drawing(boxed(card(mark="t"), 300), colours={"t": "#2a6fbb"})
    assert [one.get("fill") for one in parsed(file_svg(marked)).iter(f"{SVG}rect") if one.get("rx") == "2"] == [
        "#2a6fbb"
    ]
    assert [one.get("data-a") for one in parsed(page_svg(marked, identity="a")).iter(f"{SVG}rect")][-2] == "t"


# PNG and fonts


def test_a_picture_has_the_size_of_the_drawing():
    picture = Image.open(BytesIO(write_png(drawing(boxed(card(), 300)), ppi=144, is_framed=False)))
    assert picture.format == "PNG" and abs(picture.width - 404 * 2) <= 1 and abs(picture.height - 304 * 2) <= 1
    assert len(picture.convert("RGB").getcolors(100_000)) > 10  # words are drawn, not left out


@pytest.fixture
def no_fonts(settings, tmp_path):
    settings.FONTS_OWN, settings.FONTS_OF_SYSTEM, settings.FONTS_BROUGHT = "", False, tmp_path / "none"
    return settings


def test_without_a_chinese_font_the_sentence_says_what_to_do_and_svg_still_works(no_fonts):
    with pytest.raises(RuleBroken, match="TIZHI_FONTS"):
        write_png(drawing(boxed(card(), 300)))
    assert "大组团办公室" in file_svg(drawing(boxed(card(), 300)))


def test_the_font_that_comes_along_is_enough(no_fonts, settings):
    settings.FONTS_BROUGHT = settings.BASE_DIR / "fonts"
    if not Path(settings.FONTS_BROUGHT).exists():
        pytest.skip("the pages' assets are not built")
    assert fonts.chinese().family == "Noto Sans SC"
    assert write_png(drawing(boxed(card(), 300)))


def test_the_folder_of_the_installation_comes_first(settings, tmp_path):
    brought = Path(settings.BASE_DIR / "fonts")
    if not brought.exists():
        pytest.skip("the pages' assets are not built")
    for file in brought.glob("*.ttf"):
        shutil.copy(file, tmp_path)
    settings.FONTS_OWN = str(tmp_path)
    assert {Path(one.path).parent for one in fonts.chinese().fonts.fonts()} == {tmp_path}
