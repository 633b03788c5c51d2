"""版面尺寸: the measures of GB/T 9704-2012 (5.1–5.2), in the units Word counts in (a twip is 1/20 point)."""

from __future__ import annotations

from unicodedata import east_asian_width


def twips(mm: float) -> int:
    """Millimetres in twips."""
    return round(mm * 1440 / 25.4)


PAPER = (twips(210), twips(297))
TOP, BOTTOM, LEFT, RIGHT = twips(37), twips(35), twips(28), twips(26)
WIDTH, HEIGHT = PAPER[0] - LEFT - RIGHT, PAPER[1] - TOP - BOTTOM

LINES, CHARACTERS = 22, 28
LINE = HEIGHT // LINES
CHARACTER = WIDTH / CHARACTERS

# 字号 in points.
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = 22, 16, 14, 12, 10.5

# The grid as Word's page set-up shows it: how much narrower than 3号 a character stands, in 1/4096 point.
GRID = int((CHARACTER / 20 - SIZE_3) * 4096)

# 28 characters of 3号 are 448 pt, the type area is 442. Text is set 0.3 pt closer by its style, not by the grid: Word,
# WPS and LibreOffice read a grid narrower than the type differently (LibreOffice gives each character two cells).
CLOSER = -6


def characters(count: float) -> int:
    """So many 3号 characters of the grid, in twips."""
    return round(count * CHARACTER)


def length(text: str) -> float:
    """How many characters wide `text` is: a western letter or digit takes half of one."""
    return sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)
