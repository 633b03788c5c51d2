"""样式: the styles of a document, with Chinese names; 标题 1–4 are Word's own, so that its navigation works."""

from __future__ import annotations

from . import numbering
from .fonts import FANGSONG, HEITI, KAITI, SONG, TITLE, WESTERN, fonts
from .measures import CHARACTERS, CLOSER, LINE, SIZE_2, SIZE_3, SIZE_4, SIZE_5, SIZE_SMALL_4
from .properties import aligned, indent, listed, pitch, size, spacing, tab_stops
from .xml import Element, paragraph_properties, run_properties, w

_RED = "FF0000"
_TITLE_LINE = round(LINE * 1.25)
_HEADINGS = (HEITI, KAITI, FANGSONG, FANGSONG)


def style_sheet() -> list[Element]:
    """The children of `styles.xml`."""
    return [_defaults(), _latent(), _normal(), *_tables(), *_opening(), *_body(), *_closing(), *_margins()]


def _defaults() -> Element:
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    return w("docDefaults", w("rPrDefault", run_properties(fonts(FANGSONG), *size(SIZE_3), language)), w("pPrDefault"))


def _latent() -> Element:
    """Word's own styles stay out of the gallery."""
    return w("latentStyles", defLockedState=0, defUIPriority=99, defSemiHidden=1, defUnhideWhenUsed=1, defQFormat=0)


def _normal() -> Element:
    # Widow control would leave pages of 21 lines; gaps between Chinese and digits would leave lines of 27 characters.
    paragraph = [w(tag, val=0) for tag in ("widowControl", "autoSpaceDE", "autoSpaceDN", "snapToGrid")]
    character = [w("snapToGrid", val=0), w("spacing", val=CLOSER)]
    style = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal")
    style.append(paragraph_properties(*paragraph, spacing(), aligned("both")))
    style.append(run_properties(fonts(FANGSONG), *size(SIZE_3), *character))
    return style


def _opening() -> list[Element]:
    rule = w("pBdr", w("bottom", val="single", sz=12, space=11, color=_RED))
    return [
        _style("HeadName", "版头名称", aligned("center"), font=TITLE, colour=_RED),
        _style("HeadNumber", "发文字号", aligned("center")),
        _style("HeadRule", "版头横线", rule, tab_stops(left=1, right=CHARACTERS - 1)),
        _style("Title", "Title", *_title(before=2), font=TITLE, points=SIZE_2),
        _style("Number", "标题下文号", aligned("center"), spacing(after=1)),
        _style("Addressee", "主送机关"),
    ]


def _title(before: float) -> tuple[Element, ...]:
    return w("keepNext"), aligned("center"), spacing(before=before, after=1, line=_TITLE_LINE)


def _body() -> list[Element]:
    return [
        *(_heading(level, font) for level, font in enumerate(_HEADINGS, start=1)),
        _style("Body", "公文正文", indent(first=2)),
        _style("Labelled", "出席列席"),
        _style("Figure", "图", w("keepNext"), aligned("center"), w("spacing", before=120, line=240, lineRule="auto")),
        _style(
            "FigureCaption",
            "图题",
            *(aligned("center"), listed(numbering.FIGURES), spacing(after=0.5)),
            font=HEITI,
            points=SIZE_SMALL_4,
        ),
    ]


def _heading(level: int, font: str) -> Element:
    place = (listed(numbering.HEADINGS, level), indent(first=2), w("outlineLvl", val=level - 1))
    return _style(f"Heading{level}", f"heading {level}", w("keepNext"), *place, font=font, following="Body")


def _closing() -> list[Element]:
    return [
        _style("Attachments", "附件说明", w("keepNext")),
        _style("Signature", "发文机关署名", w("keepNext"), aligned("left"), spacing(before=1)),
        _style("Dated", "成文日期", aligned("left")),
        _style("Notes", "附注", indent(first=2)),
        _style("AnnexMark", "附件标识", w("keepNext"), font=HEITI),
        _style("AnnexTitle", "附件标题", *_title(before=1), font=TITLE, points=SIZE_2),
    ]


def _tables() -> list[Element]:
    table = w("style", w("name", val="Normal Table"), type="table", default=1, styleId="TableNormal")
    table.append(w("tblPr", w("tblInd", w=0, type="dxa")))
    caption = (w("keepNext"), aligned("center"), listed(numbering.TABLES), spacing(before=0.5))
    note = spacing(after=0.5, line=round(LINE * 0.75))
    return [
        table,
        _grid(),
        _style("TableCaption", "表题", *caption, font=HEITI, points=SIZE_SMALL_4),
        *_cells("", "", SIZE_SMALL_4),
        *_cells("Small", "小字", SIZE_5),
        _style("TableNote", "表注", note, points=SIZE_5),
    ]


def _cells(prefix: str, words: str, points: float) -> list[Element]:
    return [
        _style(f"{prefix}TableText", f"{words}表格文字", pitch(points), aligned("left"), points=points),
        _style(
            f"{prefix}TableHead",
            f"{words}表头",
            *(w("keepNext"), pitch(points), aligned("center")),
            font=HEITI,
            points=points,
        ),
    ]


def _grid() -> Element:
    """Thin lines all round; cells centred between them."""
    line: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": "auto"}
    sides = {"top": 40, "left": 80, "bottom": 40, "right": 80}
    borders = w("tblBorders", *(w(side, **line) for side in (*sides, "insideH", "insideV")))
    margins = w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides.items()))
    name = (w("name", val="公文表格"), w("basedOn", val="TableNormal"), w("qFormat"))
    properties = (w("tblPr", borders, margins), w("tcPr", w("vAlign", val="center")))
    return w("style", *name, *properties, type="table", customStyle=1, styleId="Grid")


def _margins() -> list[Element]:
    number = w("spacing", before=0, after=0, line=SIZE_4 * 20, lineRule="exact")
    tiny = w("spacing", before=0, after=0, line=20, lineRule="exact")
    return [
        _style("Footer", "footer", number, font=SONG, western=SONG, points=SIZE_4),
        _style("Imprint", "版记", pitch(SIZE_4), points=SIZE_4),
        _style("SectionEnd", "分节", tiny, points=1),
    ]


def _style(
    identity: str,
    name: str,
    *paragraph: Element,
    font: str = "",
    western: str = WESTERN,
    points: float = SIZE_3,
    colour: str = "",
    following: str = "",
) -> Element:
    """A paragraph style on top of Normal; other sizes than 3号 are not set closer."""
    after = w("next", val=following) if following else None
    run = [
        fonts(font, western) if font else None,
        w("color", val=colour) if colour else None,
        *((w("spacing", val=0), *size(points)) if points != SIZE_3 or colour else ()),
    ]
    head = (w("name", val=name), w("basedOn", val="Normal"), after, w("qFormat"))
    properties = (paragraph_properties(*paragraph), run_properties(*run))
    return w("style", *head, *properties, type="paragraph", styleId=identity, customStyle=int(not name.isascii()))
