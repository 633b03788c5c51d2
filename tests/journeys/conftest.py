"""Journeys: a person's way through the pages in a real browser, at a desk and on a phone."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
# Only what is wrong leaves the page: all that axe tells takes longer to send than to find.
FAULTS = """() => axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(
  one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""
WIDTHS = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server answers in threads of its own, which the clock of the test does not reach."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`open_page(user, "phone")`: a fresh window of that width, signed in as `user` (None: not signed in).

    Whatever the page writes to the console as an error fails the journey.
    """
    contexts, faults = [], []

    def opened(user=None, width: str = "desk", **given) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=WIDTHS[width], locale="zh-CN", timezone_id="Asia/Shanghai",
            has_touch=width == "phone", is_mobile=width == "phone", reduced_motion="reduce", **given,
        )  # fmt: skip
        context.set_default_timeout(8000)
        if user is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": _session(user), "url": live_server.url}]
            )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


def _session(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def faults_of(page: Page) -> list[str]:
    """What axe finds wrong with the page, and whether it scrolls sideways.

    A click returns as soon as the next page begins to arrive; axe stumbles over half a page.
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    faults = page.evaluate(FAULTS)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return faults + ([f"scrolls sideways by {wide} px"] if wide > 0 else [])


def looks_right(page: Page) -> None:
    """No axe violation, no sideways scrolling."""
    faults = faults_of(page)
    assert not faults, f"{page.url}\n" + "\n".join(faults)
