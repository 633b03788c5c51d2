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
from datetime import datetime, timedelta
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
from tizhi.base.documents.document import Document, Heading, paragraph  # noqa: E402
from tizhi.base.documents.word import write_word  # noqa: E402
from tizhi.base.kit.actor import Actor  # noqa: E402
from tizhi.config import readiness  # noqa: E402
from tizhi.demo.load import load  # noqa: E402
from tizhi.pipeline.activities.models import Activity  # noqa: E402
from tizhi.pipeline.consultations.models import Consultation  # noqa: E402
from tizhi.pipeline.directory.actors import actor_of, appointments_of  # noqa: E402
from tizhi.pipeline.obligations.actions import urge  # noqa: E402
from tizhi.pipeline.obligations.queries import pressing, visible_now  # noqa: E402
from tizhi.pipeline.plans.models import Plan  # noqa: E402
from tizhi.pipeline.reports.models import Report  # noqa: E402
from tizhi.pipeline.reviews import actions as reviews  # noqa: E402
from tizhi.pipeline.reviews.models import Assignment, Review  # noqa: E402
from tizhi.pipeline.reviews.rules import PointWord, Said, SectionWord, sections_of  # noqa: E402
from tizhi.pipeline.scheme.models import Member  # noqa: E402
from tizhi.pipeline.studies.models import Study  # noqa: E402
from tizhi.pipeline.surveys.models import Invitation, Survey  # noqa: E402

NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
OUT = Path(__file__).parent / "pictures"
HEIGHTS = {1440: 900, 390: 844}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# Date fields are written in the browser's own language, if it has been installed with it (Debian: chromium-l10n).
CHINESE = {"LANGUAGE": "zh_CN"}


@dataclass(frozen=True)
class Picture:
    """A page as `who` sees it, once `act` has been done on it.

    `who` is an account, or how the name of one begins; nobody: not signed in.
    """

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
    actor = _actor("office-director")
    cluster = Member.objects.get(key="ahnu").cluster
    keys = {line.key for line in pressing(visible_now(actor, cluster))}
    urge(actor, cluster, keys=keys)
    page.reload()


def import_word(page: Page) -> None:
    """An existing plan, read and laid into sections; one part of it has no place."""
    told = (
        ("一、办学定位与目标", "到2030年，建成区域性师范教育高地，科学教育、小学教育两个专业通过二级认证。"),
        ("二、优势与短板", "藏汉双语师范生培养特色鲜明；高层次人才不足，博士学位教师占比一成。"),
        ("三、人才队伍建设", "每学期选派教师到重点联系院校跟岗研修，引进和培养博士学位教师20名。"),
        ("四、学科专业建设", "共建教师教育课程12门，建设虚拟教研室3个。"),
        ("五、附：历次修改说明", "根据第一轮调研座谈会意见修改。"),
        ("六、保障措施", "成立专班，每季度通报进展，经费专款专用。"),
    )
    blocks = [block for heading, text in told for block in (Heading(heading), paragraph(text))]
    content = write_word(Document(title=("提质计划",), blocks=tuple(blocks)))
    file = {"name": "提质计划（讨论稿）.docx", "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="读取并预览").click()
    page.get_by_role("heading", name="已分到章节").wait_for()


def wait_for_editor(page: Page) -> None:
    """The section in the editor."""
    page.locator(".ProseMirror").wait_for()


def wait_for_replies(page: Page) -> None:
    """The experts hand in what is still missing, and the chair concludes: the authors reply."""
    for one in Assignment.objects.filter(review__state="reviewing").exclude(state="submitted").order_by("pk"):
        expert = _actor(one.person.user.username)  # type: ignore[union-attr]
        if one.state == "invited":
            reviews.accept(expert, one)
        reviews.submit_opinion(expert, Assignment.objects.get(pk=one.pk), said=_said(one.review))
    review = Review.objects.get(state="reviewing")
    words = "特色鲜明，同意有条件通过，请逐条修改后再审。"
    due = NOW.date() + timedelta(days=21)
    reviews.conclude(_actor("expert-first"), review, verdict="conditional", conclusion=words, reply_due=due)
    page.reload()


def _said(review: Review) -> Said:
    sections = [SectionWord(key, "passed") for key, _ in sections_of(review.version_read.content)]
    point = PointWord("教师跟岗研修请写明每学期人数和考核办法。", "talent")
    return Said("conditional", "基础扎实，少数内容需要补充。", sections, (point,))


def _actor(who: str) -> Actor:
    user = _account(who)
    return actor_of(user, appointments_of(user)[0])


def _account(who: str) -> User:
    return User.objects.filter(username__startswith=who).order_by("pk")[0]


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
    Picture("plan-list-1440", "office-director", "/plans/"),
    Picture("plan-1440", "bnu-pair-office", "/plans/{written}/"),
    Picture("plan-390", "xcmzyz-liaison", "/plans/{yearly}/", 390),
    Picture("plan-edit-1440", "bnu-pair-office", "/plans/{written}/edit/goals/", act=wait_for_editor),
    Picture("plan-import-1440", "bnu-pair-office", "/plans/{written}/import/", act=import_word),
    Picture("plan-compare-1440", "ahnu-pair-office", "/plans/{in_force}/compare/?old=2&new=3"),
    Picture("plan-chain-1440", "office-director", "/plans/{in_force}/chain/"),
    Picture("needs-1440", "fynu-liaison", "/needs/{school}/"),
    Picture("study-1440", "ahnu-pair-office", "/studies/{study}/"),
    Picture("survey-build-1440", "bnu-liaison", "/surveys/{running}/form/"),
    Picture("survey-results-1440", "ahnu-liaison", "/surveys/{over}/results/"),
    Picture("survey-390", "", "/q/{link}/", 390),
    Picture("experts-1440", "office-director", "/experts/"),
    Picture("invite-1440", "expert-secretary", "/reviews/{review}/experts/"),
    Picture("review-1440", "expert-fourth", "/reviews/{passed}/"),
    Picture("opinion-390", "expert-second", "/reviews/opinions/{opinion}/", 390),
    Picture("consultation-1440", "sicnu-pair-office", "/consultations/{case}/"),
    Picture("cases-1440", "office-director", "/consultations/cases/"),
    # After what is taken of the same review while it runs.
    Picture("reply-1440", "sicnu-pair-office", "/reviews/{review}/reply/", act=wait_for_replies),
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
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
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
    page.goto(picture.path.format(**_places(), **_places_of_plans()))
    picture.act(page)
    page.wait_for_load_state("networkidle")
    path = OUT / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    # A page has few colours: a palette makes the file a third. Small coloured marks must keep theirs: maximum coverage.
    shades = Image.open(path).convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    shades.save(path, optimize=True)


def _session(who: str) -> str:
    client = Client()
    client.force_login(_account(who), backend=settings.AUTHENTICATION_BACKENDS[1])
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


def _places_of_plans() -> dict[str, object]:
    """Plans being written, waiting for the school and in force; what lies with experts; a study, questionnaires."""
    review = Review.objects.filter(previous=None).latest("pk")
    units = dict(Member.objects.values_list("key", "unit"))
    return {
        "written": Plan.objects.get(declared="five-year", unit=units["qhnu"]).pk,
        "yearly": Plan.objects.get(declared="year", in_force=None).pk,
        "in_force": Plan.objects.exclude(in_force=None).get(declared="five-year").pk,
        "school": units["fynu"],
        "study": Study.objects.get(school=units["fynu"], round="first").pk,
        "running": Survey.objects.get(state="open").pk,
        "over": Survey.objects.get(state="closed").pk,
        "link": Invitation.objects.filter(response=None).latest("pk").secret,
        "review": review.pk,
        "passed": Review.objects.get(verdict="passed").pk,
        "opinion": Assignment.objects.filter(review=review, person__user__username="expert-second")[0].pk,
        "case": Consultation.objects.get(state="triaged").pk,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
