"""任职的规则: terms, who may appoint whom, whose account somebody may open. No database.

A unit's office head appoints within the unit; whoever else keeps its people, only to posts whose powers he has himself;
the secretariat to the seats of bodies, to the posts that keep a unit's people, and in units that have no such post, as
the ministry has none [四(一), 四(三)].
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pypinyin import Style, lazy_pinyin

from tizhi.base.kit import words
from tizhi.base.kit.actor import Actor

SOON = timedelta(days=30)
EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,5})?")
EMAIL_TAKEN = "该邮箱已用于另一账号，请更换。"
# Surnames whose first letter differs from the character's usual reading.
SURNAMES = {
    "单": "s", "曾": "z", "仇": "q", "解": "x", "查": "z", "区": "o", "乐": "y", "覃": "q",
    "种": "c", "召": "s", "秘": "b",
}  # fmt: skip
_OFFICE = "请由该单位牵头部门（处室）负责同志办理"


@dataclass(frozen=True)
class Place:
    """A post of a unit or a seat of a body, as far as it matters who may fill it.

    `unit_id` is the unit the post belongs to or the body stands in; `powers` are a post's own and those of the seats
    that come with it; `has_keeper` says whether the scheme gives the unit a post that keeps its people.
    """

    cluster_id: int
    unit_id: int | None
    powers: frozenset[str]
    in_body: bool
    name: str = ""
    has_keeper: bool = True


def why_not_fill(actor: Actor, place: Place) -> str | None:
    """Why `actor` may not appoint to `place` or end an appointment there, in a sentence; None if it may."""
    here = actor.cluster_id == place.cluster_id
    if here and actor.has("secretariat") and (place.in_body or "people-unit" in place.powers or not place.has_keeper):
        return None
    if place.in_body:
        return f"“{place.name}”是机构席位，请由大组团办公室任命。"
    if not (here and actor.has("people-unit") and actor.unit_id == place.unit_id):
        return f"“{place.name}”由所在单位任命；大组团办公室只任命各单位维护通讯录的职务。{_OFFICE}。"
    if actor.has("approve-unit") or place.powers <= actor.powers:
        return None
    return f"“{place.name}”的权限超出你现任职务，{_OFFICE}。"


def answers_for(actor: Actor, place: Place) -> bool:
    """Whether `actor` may let somebody act as the holder of `place`: open the account, name a secretary.

    One who could appoint to it, and the office head for the offices that stand in the unit.
    """
    keeps = actor.has("people-unit") and actor.has("approve-unit") and actor.unit_id is not None
    return (keeps and place.unit_id == actor.unit_id) or why_not_fill(actor, place) is None


def why_not_let_in(actor: Actor, places: Iterable[Place]) -> str | None:
    """Why `actor` may not hand out a link to, or change the address of, the account of one who holds `places`.

    Whoever opens an account could act as its owner: it takes somebody who answers for all that the owner holds.
    """
    for place in places:
        if not answers_for(actor, place):
            who = "大组团办公室" if place.in_body else "该单位牵头部门（处室）负责同志"
            return f"该人员任“{place.name}”，请由{who}办理。"
    return None


def term_fault(begins: date, ends: date | None, is_acting: bool) -> tuple[str, str] | None:
    """The field and sentence of what is wrong with a term; None if it is sound."""
    if ends and ends < begins:
        return "ends", "止期早于起期，请核对。"
    if is_acting and not ends:
        return "ends", "代管须写明止期，到期可再延长。"
    return None


def most_at_once(terms: Iterable[tuple[date | None, date | None]], begins: date, ends: date | None) -> int:
    """How many of `terms` hold at the same time on some day of begins–ends."""
    last = ends or date.max
    within = [(first or date.min, until or date.max) for first, until in terms]
    within = [(first, until) for first, until in within if first <= last and until >= begins]
    starts = [max(first, begins) for first, _ in within]
    return max((sum(first <= day <= until for first, until in within) for day in starts), default=0)


def normal_phone(text: str) -> str:
    """A phone number as it is kept: without spaces and the country's prefix."""
    bare = re.sub(r"[\s　()（）]|^(\+|00)86-?", "", text.strip())
    return bare.replace("-", "") if bare.startswith("1") else bare


def person_faults(name: str, phone: str, email: str, department: str = "", title: str = "") -> dict[str, str]:
    """What is wrong with a person's name, contacts and place, by field."""
    faults = {}
    if not name:
        faults["name"] = "请填写姓名。"
    elif len(name) > 60:
        faults["name"] = "姓名过长，请核对。"
    if phone and not PHONE.fullmatch(phone):
        faults["phone"] = "手机号码应为11位数字；固定电话请写区号，如 010-58800000。"
    if email and not EMAIL.fullmatch(email):
        faults["email"] = "邮箱格式不对，应如 name@example.edu.cn。"
    elif len(email) > 254:
        faults["email"] = "邮箱过长，请核对。"
    for field, word, text in (("department", "部门", department), ("title", "实际职务", title)):
        if len(text) > 80:
            faults[field] = f"{word}不超过80字。"
    return faults


def initials(name: str) -> str:
    """The first letters of a name in pinyin, surnames read as surnames: 单雪 is sx."""
    read = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    read = SURNAMES.get(name[:1], read[:1]) + read[1:]
    return "".join(one for one in read if one.isascii() and one.isalnum())[:60]


def term_words(begins: date | None, ends: date | None) -> str:
    """2026年3月1日起, 2024年3月1日至2026年2月28日, 至2026年2月28日."""
    if begins is None:
        return f"至{words.day(ends)}" if ends else ""
    return words.span(begins, ends)
