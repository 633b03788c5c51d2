"""模板用词: dates, periods and numbers as the office writes them; thin filters over `kit.words`."""

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tizhi.base.kit import clock, periods, privacy, words

register = template.Library()
WEEKDAYS = "一二三四五六日"


def _date(given: date | datetime | None) -> date | None:
    return timezone.localtime(given).date() if isinstance(given, datetime) else given


@register.filter
def day(on: date | None, within: int | None = None) -> str:
    """2026年11月23日; 11月23日 when the year `within` is understood."""
    on = _date(on)
    return words.day(on, within) if on else ""


@register.filter
def short_day(on: date | None) -> str:
    """11月23日 if it is this year, else with the year."""
    return day(on, clock.today().year)


@register.filter
def month(on: date | None) -> str:
    """2026年11月."""
    on = _date(on)
    return words.month(on) if on else ""


@register.filter
def moment(at: datetime | None) -> str:
    """2026年11月23日 14:05."""
    return words.moment(timezone.localtime(at)) if at else ""


@register.filter
def short_moment(at: datetime | None) -> str:
    """今天 11:16, 11月20日 if it is this year, else with the year."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"今天 {local:%H:%M}" if local.date() == clock.today() else short_day(local.date())


@register.filter
def weekday(on: date | None) -> str:
    """星期一."""
    on = _date(on)
    return f"星期{WEEKDAYS[on.weekday()]}" if on else ""


@register.filter
def span(first: date | None, last: date | None) -> str:
    """2026年11月19日至21日."""
    return words.span(first, last) if first else ""


@register.filter
def short_span(first: date | None, last: date | None) -> str:
    """11月19日至21日 if it is this year, else with the year."""
    return words.span(first, last, clock.today().year) if first else ""


@register.filter
def distance(due: date | None) -> str:
    """还有3天, 今天到期, 已逾期2天."""
    due = _date(due)
    return words.distance(due, clock.today()) if due else ""


@register.filter
def deadline(due: date | None) -> str:
    """2026年11月26日（还有3天）."""
    due = _date(due)
    return words.deadline(due, clock.today()) if due else ""


@register.filter
def period(given: periods.Period | str | None) -> str:
    """2026年第四季度, from a Period or its key."""
    if not given:
        return ""
    return (periods.parse(given) if isinstance(given, str) else given).words


@register.filter
def grouped(value: float | None) -> str:
    """12,345; nothing for None."""
    return "" if value is None else words.number(value)


@register.filter
def percent(share: float | None) -> str:
    """36.8% from 0.368; – for None."""
    return "–" if share is None else words.percent(share)


@register.filter
def listing(names: Sequence[object], most: int | None = None) -> str:
    """甲、乙、丙; beyond `most` 甲、乙、丙等5个."""
    return words.listing([str(name) for name in names], most, "个")


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """One `<p>` per line that is not empty, escaped."""
    lines = (line.strip() for line in (text or "").splitlines())
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines if line))


@register.filter
def masked(phone: str | None) -> str:
    """138****1234; the whole number is shown on purpose only, and that is recorded."""
    return privacy.masked(phone or "")
