"""每一页: every page of the table of doors, at a desk and on a phone – readable by everybody, and in Chinese."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Page

from tests import make
from tests.architecture import world
from tests.architecture.doors import PERSONAS, ROWS, account, address

from .conftest import WIDTHS, faults_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

# Files, and pieces that a page fetches for itself.
NO_PAGES = {
    "files:download", "files:thumbnail", "activities:export", "activities:figures", "activities:area", "activities:due",
    "agenda:export", "agenda:calendar", "obligations:excel", "obligations:word", "obligations:burden-excel",
    "scheme:text", "commitments:export", "reports:word", "directory:template", "directory:paper",
    "directory:pick-people", "directory:pick-units", "cluster:figure-file", "cluster:figures-word",
    "plans:export", "plans:compare_word", "plans:word", "plans:pdf", "needs:export", "needs:export-all", "needs:word",
    "reviews:opinion-paper", "reviews:conclusion-paper", "reviews:reply-paper", "experts:export", "experts:letter",
    "experts:certificate", "experts:template",
    "studies:export", "surveys:links", "surveys:qr", "surveys:excel", "surveys:spss",
    "surveys:word", "surveys:made", "consultations:export", "results:chain-export", "results:school-export",
}  # fmt: skip
MORE = [
    *(("GET desk:show", persona) for persona in ("liaison", "vice-president", "expert", "department", "administrator")),
    ("GET activities:show submitted", "liaison"), ("GET activities:show approving", "vice-president"),
    ("GET agenda:show passed", "liaison"), ("GET agenda:feed", "liaison"),
    ("GET directory:person person", "expert"), ("GET reports:show issued", "ministry"),
    ("GET cluster:unit stranger-unit", "liaison"), ("GET scheme:load", "liaison"), ("GET reports:list", "ministry"),
]  # fmt: skip
IN_THE_DARK = [
    ("GET desk:show", "secretariat"), ("GET activities:list", "secretariat"), ("GET activities:new", "liaison"),
    ("GET reports:compose report", "secretariat"), ("GET cluster:home", "secretariat"),
]  # fmt: skip
# Programmes, checksums, addresses of mail, and accounts that the tests name in English.
NOT_ENGLISH = re.compile(rf"Word|Excel|SPSS|Ctrl|docx|\b[0-9a-f]{{64}}\b|\S+@\S+|{'|'.join(make.ALL_PERSONAS)}")
TOLD = """() => [document.title, document.body.innerText,
  ...[...document.querySelectorAll("[placeholder], [aria-label], [title], [alt]")].flatMap(
    one => ["placeholder", "aria-label", "title", "alt"].map(name => one.getAttribute(name) ?? ""))].join("\\n")"""


def _pages() -> Iterator[tuple[str, str]]:
    """Every page with the first persona that may open it."""
    for door, *statuses in ROWS:
        method, name = door.split()[:2]
        if method == "GET" and name.split("?")[0] not in NO_PAGES and "200" in statuses:
            yield door, PERSONAS[statuses.index("200")]


PAGES = [
    *(("light", door, persona) for door, persona in (*_pages(), *MORE)),
    *(("dark", door, persona) for door, persona in IN_THE_DARK),
]


def _told_wrong(page: Page, door: str) -> Iterator[str]:
    """What the page says that it should not, or does not say."""
    if not page.title().removesuffix("· 提质平台").strip():
        yield "has no title"
    if (headings := page.locator("h1").count()) != 1:
        yield f"has {headings} headings of the first rank"
    # Whoever loads a scheme reads its file, whose words are the file's.
    if not door.startswith("GET scheme:"):
        yield from re.findall(r"[A-Za-z]{4,}", NOT_ENGLISH.sub("", page.evaluate(TOLD)))


# Several tests, so that they run side by side.
PARTS = 6


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_readable_and_chinese(open_page, part):
    things = world.build()

    @cache
    def window(persona: str, theme: str) -> Page:
        return open_page(account(persona), color_scheme=theme)

    faults = []
    for theme, door, persona in PAGES[part::PARTS]:
        page = window(persona, theme)
        page.goto(address(door, things))
        assert page.evaluate("document.documentElement.dataset.bsTheme") == theme
        found = [*_told_wrong(page, door)]
        for width in WIDTHS.values():
            page.set_viewport_size(width)
            found += faults_of(page)
        faults += [f"{door} ({persona}, {theme}): {fault}" for fault in found]
    assert not faults, "\n".join(faults)
