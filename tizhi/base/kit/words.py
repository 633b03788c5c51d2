"""行文用语: dates, spans, distances and numbers as Chinese offices write them. Pure; shared by pages and documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_DIGITS = "零一二三四五六七八九"
_POWERS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_QUARTERS = range(1, 5)
_HALVES = {1: "上半年", 2: "下半年"}

# Dates


def day(on: date, within: int | None = None) -> str:
    """2026年11月23日; without the year when that year is understood (`within`)."""
    words = f"{on.month}月{on.day}日"
    return words if on.year == within else f"{on.year}年{words}"


def month(on: date) -> str:
    """2026年11月."""
    return f"{on.year}年{on.month}月"


def moment(at: datetime) -> str:
    """2026年11月23日 14:05, in the zone `at` is given in."""
    return f"{day(at)} {at:%H:%M}"


def span(first: date, last: date | None, within: int | None = None) -> str:
    """2026年11月19日至21日, 2026年11月30日至12月2日, 2026年12月30日至2027年1月2日; an open end is 2026年11月19日起.

    A year that is understood (`within`) is left out. ValueError if the last day is before the first.
    """
    start = day(first, within)
    if last is None:
        return f"{start}起"
    if last < first:
        raise ValueError("a span ends before it begins")
    if last == first:
        return start
    if (first.year, first.month) == (last.year, last.month):
        return f"{start}至{last.day}日"
    return f"{start}至{day(last, first.year)}"


def quarter(year: int, number: int) -> str:
    """2026年第四季度; ValueError unless the number is 1–4."""
    if number not in _QUARTERS:
        raise ValueError("a year has four quarters")
    return f"{year}年第{numeral(number)}季度"


def half_year(year: int, number: int) -> str:
    """2026年上半年, 2026年下半年; KeyError unless the number is 1 or 2."""
    return f"{year}年{_HALVES[number]}"


def distance(due: date, today: date) -> str:
    """还有3天, 今天到期, 已逾期2天."""
    days = (due - today).days
    if days == 0:
        return "今天到期"
    return f"还有{days}天" if days > 0 else f"已逾期{-days}天"


def deadline(due: date, today: date) -> str:
    """2026年11月26日（还有3天）: a deadline always says how far it is."""
    return f"{day(due)}（{distance(due, today)}）"


# Numbers


def numeral(value: int) -> str:
    """一, 十二, 二十, 一百零五; whole numbers from 0 to 9999, others ValueError."""
    if not 0 <= value <= 9999:
        raise ValueError("only 0–9999 is written in Chinese numerals")
    words, skipped = "", False
    for power, name in _POWERS:
        digit = value // power % 10
        if digit == 0:
            skipped = bool(words)
            continue
        words += ("零" if skipped else "") + _DIGITS[digit] + name
        skipped = False
    return words.removeprefix("一") if words.startswith("一十") else words or "零"


def number(value: int | float | Decimal, places: int | None = None) -> str:
    """12,345 or 1,234.5: thousands grouped; with `places` rounded half up, without it as exact as given."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact:,f}"


def percent(share: float | Decimal | Fraction, places: int = 1) -> str:
    """36.8% for 0.368, rounded half up as Chinese statistics do."""
    if isinstance(share, Fraction):
        share = Decimal(share.numerator) / Decimal(share.denominator)
    return f"{number(Decimal(str(share)) * 100, places)}%"


def listing(names: Sequence[str], most: int | None = None, measure: str = "") -> str:
    """甲、乙、丙; beyond `most` names 甲、乙等5所院校, where `measure` is 所院校."""
    if most is None or len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等{len(names)}{measure}"


def quoted(text: str) -> str:
    """“国培”项目启动会 → “‘国培’项目启动会”: quotation marks within quotation marks are single (GB/T 15834)."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
