"""转换: a Word file, its headings marked, as HTML pieces by mammoth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import mammoth
from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .headings import Found
from .looks import Element, Paragraph

_MARK = "tizhi-heading"
_MAP: Final = "\n".join(
    [
        f"p[style-name='{_MARK}'] => h1:fresh",
        "u => u",
        "strike => s",
        *(
            f"p:{kind}({depth}) => {'ul|ol > li > ' * (depth - 1)}{tag} > li:fresh"
            for depth in range(1, 6)
            for kind, tag in (("unordered-list", "ul"), ("ordered-list", "ol"))
        ),
        "p => p:fresh",
    ]
)
_AT_MARK = re.compile("<h1>([0-9]+)</h1>")
_KINDS: Final = ("image/png", "image/jpeg", "image/gif")
_LISTED = re.compile(r"[（(]?[0-9a-zA-Z]{1,3}[.)）．、]?")


def pieces(
    file: File, blocks: Sequence[Paragraph | None], found: Sequence[Found]
) -> tuple[list[str], dict[int, bytes]]:
    """The HTML before the first heading and below each, and the pictures by the number that stands for them."""
    file.styles.add_style(_MARK, WD_STYLE_TYPE.PARAGRAPH)
    key = file.styles[_MARK].style_id
    marked = {one.at for one in found}
    for nth, one in enumerate(found):
        paragraph = blocks[one.at]
        if paragraph is not None:
            _mark(paragraph.element, key, str(nth))
    for at, block in enumerate(blocks):
        if block is not None and at not in marked:
            _flatten(block)
    _lighten(file)
    pictures: dict[int, bytes] = {}

    def show(image: Any) -> dict[str, str]:
        if image.content_type not in _KINDS:
            return {"src": ""}
        with image.open() as opened:
            pictures[len(pictures) + 1] = opened.read()
        return {"src": f"/files/{len(pictures)}/"}

    written = BytesIO()
    file.save(written)
    html = mammoth.convert_to_html(
        BytesIO(written.getvalue()),
        style_map=_MAP,
        include_default_style_map=False,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(show),
    ).value
    parts = _AT_MARK.split(html)
    by_mark = {int(mark): text for mark, text in zip(parts[1::2], parts[2::2], strict=True)}
    return [parts[0], *(by_mark.get(nth, "") for nth in range(len(found)))], pictures


def _lighten(file: File) -> None:
    """Without styles of tables, of which HTML shows nothing and a file may bring a hundred."""
    styles = file.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table":
            styles.remove(style)


def _mark(element: Element, style: str, words: str) -> None:
    """The paragraph becomes a heading of our own whose words are its number; pictures in it stay, after it."""
    drawings = [run for run in element.iter(qn("w:r")) if run.find(qn("w:drawing")) is not None]
    if drawings:
        aside = OxmlElement("w:p")
        aside.extend(drawings)
        element.addnext(aside)
    for child in list(element):
        element.remove(child)
    properties, named = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = words
    run.append(text)
    element.extend([properties, run])


def _flatten(block: Paragraph) -> None:
    """A label such as （一） or 第一条, counted by Word, is typed before the text: lists of HTML count only 1, 2, 3."""
    if not block.counted or _LISTED.fullmatch(block.counted):
        return
    properties = block.element.get_or_add_pPr()
    numbered = properties.find(qn("w:numPr"))
    if numbered is not None:
        properties.remove(numbered)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = block.counted
    run.append(text)
    properties.addnext(run)
