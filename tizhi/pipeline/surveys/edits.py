"""编制题目: the builder's steps on a description – each takes one and gives a new one. Pure.

Ids are numbered on and never given twice, so that answers keep their meaning.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

Data = dict[str, Any]


def with_page(data: Data, title: str = "") -> Data:
    """A new empty page at the end."""
    made = _copy(data)
    made["pages"].append({"id": _next(made, "p"), "title": title, "questions": []})
    return made


def with_question(data: Data, page: str, question: Data) -> Data:
    """A new question at the end of a page, or of the last one."""
    made = _copy(data) if data.get("pages") else with_page(data)
    target = next((one for one in made["pages"] if one["id"] == page), made["pages"][-1])
    target["questions"].append({**question, "id": _next(made, "q")})
    return made


def relined(old: list[Data], texts: list[str], alone: list[str] | None = None) -> list[Data]:
    """Options as lines of text, in this order; `alone` are those chosen alone, and stand last.

    A line that an option already says keeps its id. The others are old ones worded anew where there are as many lines
    as options left, else new ones: so what was chosen never silently becomes something else.
    """
    lines = [*texts, *(alone or [])]
    ids = {one["text"]: one["id"] for one in old}
    unsaid = [one["id"] for one in old if one["text"] not in lines]
    new = [text for text in lines if text not in ids]
    if len(unsaid) == len(new):
        ids |= dict(zip(new, unsaid, strict=True))
    number = max((int(one["id"][1:]) for one in old if re.fullmatch(r"a\d{1,6}", one["id"])), default=0)
    made: list[Data] = []
    for place, text in enumerate(lines):
        if text not in ids or ids[text] in [one["id"] for one in made]:
            number += 1
            key = f"a{number}"
        else:
            key = ids[text]
        made.append({"id": key, "text": text} | ({"exclusive": True} if place >= len(texts) else {}))
    return made


def put(data: Data, key: str, given: Data) -> Data:
    """The question or page `key` with what it now says."""
    made = _copy(data)
    for rows, place in _places(made, key):
        kept = {name: value for name, value in rows[place].items() if name in ("id", "kind", "questions")}
        rows[place] = {**kept, **given}
    return made


def moved(data: Data, key: str, by: int) -> Data:
    """The question or page one up (-1) or down (+1); a question goes on over the edge of its page."""
    made = _copy(data)
    for rows, place in _places(made, key):
        if 0 <= place + by < len(rows):
            rows.insert(place + by, rows.pop(place))
        elif rows is not made["pages"]:
            _over_the_edge(made["pages"], rows, place, by)
        break
    return made


def _over_the_edge(pages: list[Data], rows: list[Data], place: int, by: int) -> None:
    here = next(number for number, page in enumerate(pages) if page["questions"] is rows)
    if 0 <= here + by < len(pages):
        other = pages[here + by]["questions"]
        other.insert(len(other) if by < 0 else 0, rows.pop(place))


def copied(data: Data, key: str) -> Data:
    """The question or page once more, behind itself, with ids of its own."""
    made = _copy(data)
    for rows, place in _places(made, key):
        twin = copy.deepcopy(rows[place])
        rows.insert(place + 1, twin)
        twin["id"] = ""
        twin["id"] = _next(made, "p" if "questions" in twin else "q")
        for one in twin.get("questions", ()):
            one["id"] = ""
        for one in twin.get("questions", ()):
            one["id"] = _next(made, "q")
        break
    return made


def removed(data: Data, key: str) -> Data:
    """Without the question or page."""
    made = _copy(data)
    for rows, place in _places(made, key):
        del rows[place]
        break
    return made


def _copy(data: Data) -> Data:
    made = copy.deepcopy(data) if data else {}
    made.setdefault("pages", [])
    for page in made["pages"]:
        page.setdefault("questions", [])
    return made


def _places(data: Data, key: str) -> Iterator[tuple[list[Data], int]]:
    """Where `key` stands: its list and its place in it."""
    for rows in (data["pages"], *(page["questions"] for page in data["pages"])):
        for place, one in enumerate(rows):
            if one["id"] == key:
                yield rows, place
                return


def _next(data: Data, letter: str) -> str:
    ids = [one["id"] for page in data["pages"] for one in (page, *page["questions"])]
    numbers = [int(one[1:]) for one in ids if re.fullmatch(rf"{letter}\d{{1,6}}", one)]
    return f"{letter}{max(numbers, default=0) + 1}"
