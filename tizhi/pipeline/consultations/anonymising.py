"""案例脱敏: takes the names of persons and units out of a text, and says which are still in it. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

PERSON: Final = "某老师"
SCHOOL: Final = "某校"
UNIT: Final = "某单位"
# A mobile or office number, however it is grouped; an address of the web's mail.
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\d{3,4}-\d{7,8})(?!\d)"
)
_HIDDEN: Final = ((_MAIL, "（邮箱略）"), (_PHONE, "（电话略）"))


@dataclass(frozen=True)
class Name:
    """A name that must not stand in a case, and what stands for it."""

    text: str
    instead: str


def names(people: Iterable[str], schools: Iterable[str], units: Iterable[str]) -> list[Name]:
    """All names, the longest first, so that 安徽师范大学 goes before 安徽师大; one character names nobody."""
    found = {one: PERSON for one in people} | {one: UNIT for one in units} | {one: SCHOOL for one in schools}
    known = [Name(text, instead) for text, instead in found.items() if len(text) > 1]
    return sorted(known, key=lambda name: (-len(name.text), name.text))


def anonymised(text: str, known: Sequence[Name]) -> str:
    """The text without the names, numbers and addresses it holds: a proposal, to be read by somebody."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    for name in known:
        if name.text in text:
            text = text.replace(name.text, name.instead)
    # 某校某校 where a short name followed the long one, 某老师老师 where he was called so already.
    for again in (SCHOOL, UNIT, PERSON):
        text = re.sub(f"(?:{again}){{2,}}", again, text)
    return re.sub(f"{PERSON}(?:老师|教授|同志)", PERSON, text)


def still_named(text: str, known: Sequence[Name]) -> list[str]:
    """The names, numbers and addresses that still stand in a text, however they are spaced, each once."""
    flat = re.sub(r"[\s\u3000\u200b-\u200d\ufeff]+", "", text)
    found = [name.text for name in known if name.text in text or name.text in flat]
    # What is part of a longer name that was found is not told again.
    told = [one for one in found if not any(one != other and one in other for other in found)]
    for pattern, _ in _HIDDEN:
        told += [one.group() for one in pattern.finditer(text)]
    return list(dict.fromkeys(told))


def sentence(label: str, found: Sequence[str]) -> str:
    """The sentence that refuses a text: which names, and what to do."""
    named = "、".join(f"“{one}”" for one in found[:5])
    more = f"等{len(found)}处" if len(found) > 5 else ""
    return f"{label}里还有{named}{more}，请改为不指明单位和个人的说法，如“{SCHOOL}”“{PERSON}”"
