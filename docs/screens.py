"""图片: takes the pictures of README.md and docs/ from the sample, in a real browser, on a fixed day.

python docs/screens.py [NAME…]
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HOME = tempfile.mkdtemp(prefix="tizhi-screens-")
os.environ |= {
    "TIZHI_HOME": HOME, "TIZHI_TRIAL": "1", "DJANGO_SETTINGS_MODULE": "tizhi.config.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}  # fmt: skip
os.environ.pop("TIZHI_DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tizhi.base.accounts.models import User  # noqa: E402
from tizhi.config import readiness  # noqa: E402
from tizhi.demo.load import load  # noqa: E402
from tizhi.pipeline.activities.models import Activity  # noqa: E402
from tizhi.pipeline.directory.actors import actor_of, appointments_of  # noqa: E402
from tizhi.pipeline.obligations.actions import urge  # noqa: E402
from tizhi.pipeline.obligations.queries import pressing, visible_now  # noqa: E402
from tizhi.pipeline.reports.models import Report  # noqa: E402
from tizhi.pipeline.scheme.models import Member  # noqa: E402

NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
OUT = Path(__file__).parent / "pictures"
HEIGHTS = {1440: 900, 390: 844}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# Date fields are written in the browser's own language, if it has been installed with it (Debian: chromium-l10n).
CHINESE = {"LANGUAGE": "zh_CN"}


@dataclass(frozen=True)
class Picture:
    """A page as the account `who` sees it (nobody: not signed in), once `act` has been done on it."""

    name: str
    who: str
    path: str
    width: int = 1440
    act: Callable[[Page], None] = lambda page: None


def fill_a_little(page: Page) -> None:
    """A liaison on the road, half-way through a report."""
    page.get_by_label("标题").fill("阜阳市小学科学教师培训（第一期）")
    page.get_by_label("地点").fill("安徽省阜阳市")
    page.get_by_label("参训教师").fill("86")
    page.evaluate("scrollTo(0, 0)")


def compose(page: Page) -> None:
    """A draft of the open quarter, and what lies behind one of its numbers."""
    page.get_by_role("button", name="拟整稿").first.click()
    page.get_by_text("已拟整稿").wait_for()
    page.get_by_role("button", name="关闭").click()
    page.locator("p", has_text="参训教师").first.locator(".tz-num").nth(1).click()
    page.locator("#explain dl").wait_for()


def open_cell(page: Page) -> None:
    """What lies behind the first cell that presses."""
    page.locator("a[data-cell]").filter(has_text=re.compile("逾期|临期")).first.click()
    opened = page.locator(".tz-behind")
    opened.wait_for()
    opened.scroll_into_view_if_needed()


def be_urged(page: Page) -> None:
    """The secretariat urges what presses, and the liaison hears of it."""
    office = User.objects.get(username="office-director")
    held = appointments_of(office)[0]
    actor = actor_of(office, held)
    keys = {line.key for line in pressing(visible_now(actor, held.cluster))}
    urge(actor, held.cluster, keys=keys)
    page.reload()


PICTURES = (
    Picture("desk-1440", "office-director", "/"),
    Picture("report-390", "ahnu-liaison", "/activities/new/?kind=training", 390, fill_a_little),
    Picture("compose-1440", "office-director", "/reports/{open}/compose/", act=compose),
    Picture("activities-1440", "office-director", "/activities/"),
    Picture("activity-1440", "fynu-liaison", "/activities/{activity}/"),
    Picture("cluster-1440", "office-director", "/cluster/"),
    Picture("report-text", "bnu-president", "/reports/{issued}/text/"),
    Picture("sign-in", "", "/accounts/login/", 390),
    Picture("desk-390", "ahnu-liaison", "/", 390),
    Picture("plans-1440", "ahnu-liaison", "/agenda/"),
    Picture("leader-1440", "ahnu-vice-president", "/leaders/"),
    Picture("board-1440", "office-director", "/ledger/"),
    Picture("province-1440", "ah-edu-department-leader", "/commitments/province/"),
    Picture("school-1440", "fynu-liaison", "/"),
    Picture("contacts-1440", "ahnu-liaison", "/inputs/contacts/{unit}/"),
    Picture("urge-1440", "office-director", "/ledger/urge/"),
    Picture("figure-1440", "office-director", "/cluster/figures/leading/"),
    Picture("cell-1440", "office-director", "/ledger/", act=open_cell),
    Picture("notices-1440", "ahnu-liaison", "/notices/", act=be_urged),
)


def main(names: Iterable[str] = ()) -> None:
    """Take all pictures anew, or those named."""
    OUT.mkdir(exist_ok=True)
    timezone.now = lambda: NOW
    readiness.require_database()
    readiness.collect_assets()
    load(NOW.date())
    chosen = [picture for picture in PICTURES if not names or picture.name in names]
    with _served() as address, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES, env=os.environ | CHINESE)
        for picture in chosen:
            _take(browser, address, picture)
        browser.close()


@contextmanager
def _served():  # type: ignore[no-untyped-def]
    """The application in a thread of this process, so that it lives on our day; its address."""
    # Whitenoise answers for the assets.
    server = LiveServerThread("127.0.0.1", lambda handler: handler)
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    connections.close_all()
    shutil.rmtree(HOME)


def _take(browser: Browser, address: str, picture: Picture) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": picture.width, "height": HEIGHTS[picture.width]}, locale="zh-CN",
        timezone_id=settings.TIME_ZONE, reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    if picture.who:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(picture.who), "url": address}])
    page.goto(picture.path.format(**_places()))
    picture.act(page)
    page.wait_for_load_state("networkidle")
    path = OUT / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    # A page has few colours: a palette makes the file a third. Small coloured marks must keep theirs: maximum coverage.
    shades = Image.open(path).convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    shades.save(path, optimize=True)


def _session(username: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _places() -> dict[str, int]:
    """What the paths name: the report being written, one issued, a published activity, a unit."""
    reports = Report.objects.order_by("-period")
    return {
        "open": reports.exclude(state="issued")[0].pk,
        "issued": reports.filter(state="issued")[0].pk,
        "activity": Activity.objects.filter(state="published").latest("last_day").pk,
        "unit": Member.objects.get(key="ahnu").unit_id,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
