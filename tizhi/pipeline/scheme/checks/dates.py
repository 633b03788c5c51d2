"""日期: nothing ends before it begins, and a tie of the cluster holds while there is a cluster."""

from __future__ import annotations

from datetime import date

from tizhi.base.kit.words import day as words

from .said import Said


def order(top: Said) -> None:
    """Begin before end; ties that end before the cluster starts or begin after it ends are slips of the pen."""
    for cluster in top.each("cluster"):
        _ends_after(cluster, "starts", "ends")
        for said in top.all():
            _ends_after(said, "from", "to")
            _within(said, cluster)


def _ends_after(said: Said, begins: str, ends: str) -> None:
    first, last = _day(said, begins), _day(said, ends)
    if first and last and last < first:
        said.fault(ends, f"{words(last)}早于起始日期{words(first)}；请核对两个日期。")


def _within(said: Said, cluster: Said) -> None:
    starts, ends = _day(cluster, "starts"), _day(cluster, "ends")
    first, last = _day(said, "from"), _day(said, "to")
    if last and starts and last < starts:
        said.fault("to", f"{words(last)}早于组团启动日期{words(starts)}；请核对日期，或删去本条。")
    if first and ends and first > ends:
        said.fault("from", f"{words(first)}晚于组团结束日期{words(ends)}；请核对日期，或删去本条。")


def _day(said: Said, key: str) -> date | None:
    day = said.get(key)
    return day if isinstance(day, date) else None


def overlap(*entries: Said) -> bool:
    """Whether all these dated entries hold on a common day; a date at fault is taken as left out."""
    begins = max(_day(each, "from") or date.min for each in entries)
    ends = min(_day(each, "to") or date.max for each in entries)
    return begins <= ends
