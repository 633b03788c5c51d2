"""量字: how wide words are, without a browser or a font: never less than any usual Chinese sans face draws them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final
from unicodedata import combining, east_asian_width

from ..part import printable

# Half-width signs by their width in ems, taken from the bold cut and rounded up; every other sign counts as a whole em.
_LADDER: Final = (
    (0.3, " \u00a0"),
    (0.36, "',.:;Iijl|"),
    (0.46, "!()-/[\\]{}frt"),
    (0.64, '"#$*+0123456789<=>?EFJLYZ^_`acegksvxyz~'),
    (0.76, "&ABCDGKPRSTVXbdhnopqu"),
    (0.82, "HNOQU"),
    (1.05, "%@MWmw"),
)
_NARROW: Final = {sign: width for width, signs in _LADDER for sign in signs}

_CLOSING, _OPENING = "、，。；：！？）》”’】〕」…·%", "（《“‘【〔「"  # never at the head, never at the end of a line
_TOKEN = re.compile(rf"[{_OPENING}]*(?:[!-~]+|[^{_OPENING}])[{_CLOSING}]*|[{_OPENING}]+")
_PIECE = re.compile("[^、，；　 ]*[、，；　 ]+|[^、，；　 ]+")
_PART = re.compile("[^：]*：|[^：]+")
_KEPT = 16  # ems: a name or a short word moves to the next line as a whole


def ems(text: str) -> float:
    """How wide `text` is, in multiples of its type size."""
    return sum(_NARROW.get(sign) or _whole(sign) for sign in text)


def _whole(sign: str) -> float:
    return 0 if combining(sign) and east_asian_width(sign) not in "WF" else 1


def wrapped(text: str, width: float, size: float) -> list[str]:
    """`text` in lines that `width` holds at that type size; no line when there is nothing to say.

    What stands between two marks (、，　) stays together where it is short, else what stands before and after a
    colon; no line begins with a closing mark.
    """
    limit = max(width / size, 1)
    lines, line, used = [], "", 0.0
    for unit in _units(printable(text).replace("\n", " ").strip(), limit):
        need = ems(unit.rstrip())
        if line and used + need > limit + 1e-6:
            lines.append(line.rstrip())
            line, used = "", 0.0
        added = unit if line else unit.lstrip()
        line, used = line + added, used + ems(added)
    return [*lines, line.rstrip()] if line.strip() else lines


def _units(text: str, limit: float) -> Iterator[str]:
    """What is not broken: short pieces, else words and single signs with their marks, else single signs."""
    short = min(_KEPT, limit)
    for piece in _PIECE.findall(text):
        for part in [piece] if ems(piece.rstrip()) <= short else _PART.findall(piece):
            if ems(part.rstrip()) <= short:
                yield part
            else:
                tokens = _TOKEN.findall(part)
                yield from chain.from_iterable([token] if ems(token.rstrip()) <= limit else token for token in tokens)
