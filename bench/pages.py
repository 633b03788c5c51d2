"""页面: how long the server takes for a page, and how much travels."""

import re
import time
import urllib.request
from statistics import median

from . import sample
from .figure import Figure

READER = "office-director"
PAGES = {
    "工作台": "/",
    "工作动态": "/activities/",
    "组团": "/cluster/",
    "通讯录": "/directory/",
    "季度报告": "/reports/",
}
ROUNDS = 15


def speed_and_weight() -> list[Figure]:
    """Server time per page (median), and the weight of a first visit to the workbench."""
    with sample.served() as (address, _):
        browser = sample.signed_in(address, READER)
        found = [
            Figure(f"server time, {name}", _milliseconds(browser, address + path), "ms", 100)
            for name, path in PAGES.items()
        ]
        found.append(Figure("first visit, compressed", _first_visit(browser, address), "KB", 200))
        return found


def _milliseconds(browser: urllib.request.OpenerDirector, url: str) -> float:
    times = []
    for _ in range(ROUNDS + 2):
        started = time.perf_counter()
        with browser.open(url) as answer:
            answer.read()
        times.append((time.perf_counter() - started) * 1000)
    return round(median(times[2:]), 1)


def _first_visit(browser: urllib.request.OpenerDirector, address: str) -> float:
    """The page with every style and script it names, as it comes over the line."""
    with browser.open(f"{address}/") as answer:
        page = answer.read()
    total = len(page)
    for path in set(re.findall(r'(?:href|src)="(/static/[^"#]+)', sample.text_of(page))):
        with browser.open(address + path) as answer:
            total += len(answer.read())
    return round(total / 1000, 1)
