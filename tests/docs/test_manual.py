"""使用手册: what it shows and names exists – pictures, links, and the words of every button."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
HAN = r"[\u4e00-\u9fff]"


@cache
def interface() -> str:
    """Everything a page may say: templates and code of the web floor, and the words of a plan's next step."""
    files = [*ROOT.glob("tizhi/web/**/*.html"), *ROOT.glob("tizhi/web/**/*.py")]
    files.append(ROOT / "tizhi" / "pipeline" / "plans" / "queries.py")
    return "\n".join(file.read_text("utf-8") for file in files if "static" not in file.parts)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pictures_and_links_of_the_manual_exist(page: Path):
    named = re.findall(r"\]\(([^)#:\s]+)[^)]*\)", page.read_text("utf-8"))
    assert not [link for link in named if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_buttons_the_manual_names_stand_on_a_page(page: Path):
    """In full: 采用 is no button because 不采用 is one."""
    quoted = set(re.findall(r"【([^】]+)】", page.read_text("utf-8")))
    missing = [words for words in quoted if not re.search(f"(?<!{HAN}){re.escape(words)}(?!{HAN})", interface())]
    assert not missing


def test_every_page_is_in_the_table_of_contents():
    contents = (MANUAL / "README.md").read_text("utf-8")
    assert not [page.name for page in PAGES if page.name != "README.md" and f"({page.name})" not in contents]
