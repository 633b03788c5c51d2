"""字体: the official fonts, by name only: nothing is embedded, and what a machine lacks it replaces."""

from __future__ import annotations

from lxml import etree

from .xml import Element, w

FANGSONG, KAITI, HEITI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"

# Digits and letters: the standard names no western font. Times New Roman is what offices type, is on every machine,
# and its digits are half a Chinese character wide, so that the grid of 28 characters holds.
WESTERN = "Times New Roman"

# What Word takes when the font is missing.
_INSTEAD = {FANGSONG: "仿宋", KAITI: "楷体", TITLE: "宋体", HEITI: "SimHei", SONG: "SimSun"}


def fonts(chinese: str, western: str = WESTERN) -> Element:
    """The property that sets the Chinese and the western font of a style."""
    return w("rFonts", ascii=western, hAnsi=western, eastAsia=chinese, cs=western)


def font_table() -> bytes:
    """The part `fontTable.xml`: every font named in this package, with its stand-in."""
    table = w(
        "fonts",
        *(_font(name, instead) for name, instead in _INSTEAD.items()),
        w("font", w("charset", val="00"), name=WESTERN),
    )
    return bytes(etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True))


def _font(name: str, instead: str) -> Element:
    return w("font", w("altName", val=instead), w("charset", val="86"), w("family", val="auto"), name=name)
