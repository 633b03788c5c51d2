"""导航: what stands at the left, in the order of the work plan; only what the acting person may open."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.calendar.actions import mark_day
from tizhi.pipeline.experts.who import sees_experts
from tizhi.pipeline.scheme.who import colleague

Test = Callable[[Actor], bool]


def in_a_cluster(actor: Actor) -> bool:
    """Whoever acts in a post of a cluster."""
    return actor.cluster_id is not None


def works_in_a_cluster(actor: Actor) -> bool:
    """Whoever acts in a cluster, but who reads issued reports only."""
    return colleague(actor, None)


def keeps_the_system(actor: Actor) -> bool:
    """Administrators keep accounts and schemes, and see no work."""
    return actor.is_administrator


def keeps_the_calendar(actor: Actor) -> bool:
    """Whoever may enter the year's holidays."""
    return mark_day.allowed(actor, None)


def reads_history(actor: Actor) -> bool:
    """The secretariat its cluster's, administrators that of accounts and schemes."""
    return actor.is_administrator or actor.has("secretariat")


def reports(actor: Actor) -> bool:
    """Whoever enters what a unit did."""
    return bool(actor.reports_for)


def meets_experts(actor: Actor) -> bool:
    """Whoever nominates, confirms, assigns or leads experts, and every expert."""
    return actor.has("expert") or sees_experts(actor)


def judges_plans(actor: Actor) -> bool:
    """Whoever assigns experts or is one: for all others there is nothing to open."""
    return actor.has("assign-experts") or actor.has("expert")


def works_in_a_department(actor: Actor) -> bool:
    """Whoever acts in a post of a provincial department."""
    return actor.of_department and works_in_a_cluster(actor)


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; `url` is a url name whose namespace, or the one of `also`, marks it as current."""

    label: str
    icon: str
    url: str
    test: Test
    also: str = ""


@dataclass(frozen=True)
class Line:
    """An entry as it is drawn."""

    label: str
    icon: str
    url: str
    is_current: bool


# Keep the order of the work plan:
# 工作台 · 组团 · 一校一策 · 帮扶项目 · 工作动态 · 调研 · 联席会议 · 季度报告 · 履约台账 · 通讯录 · 系统
ENTRIES: tuple[Entry, ...] = (
    Entry("工作台", "layout-dashboard", "desk:show", works_in_a_cluster),
    Entry("组团", "hierarchy-3", "cluster:home", in_a_cluster),
    Entry("一校一策", "file-text", "plans:list", works_in_a_cluster, also="results"),
    Entry("本省工作", "school", "commitments:own", works_in_a_department),
    Entry("专家审核", "user-check", "reviews:list", judges_plans),
    Entry("工作动态", "news", "activities:list", works_in_a_cluster),
    Entry("计划安排", "calendar-event", "agenda:list", works_in_a_cluster),
    Entry("调研", "map-search", "studies:list", works_in_a_cluster, also="needs"),
    Entry("问卷", "writing", "surveys:list", works_in_a_cluster),
    Entry("问诊", "stethoscope", "consultations:list", works_in_a_cluster),
    Entry("专家", "user-star", "experts:list", meets_experts),
    Entry("季度报告", "report", "reports:list", in_a_cluster),
    Entry("履约台账", "list-check", "obligations:board", works_in_a_cluster),
    Entry("通讯录", "users", "directory:list", works_in_a_cluster),
    Entry("工作日历", "calendar", "calendar:show", keeps_the_calendar),
    Entry("账号", "key", "system:accounts", keeps_the_system),
    Entry("工作方案", "file-description", "scheme:list", keeps_the_system),
    Entry("留痕", "history", "history:list", reads_history),
)

# The one button that stays on a phone, and who has it.
REPORT: Entry | None = Entry("报送动态", "pencil", "activities:new", reports)


def lines(request: HttpRequest, actor: Actor) -> list[Line]:
    """The navigation of `actor`."""
    here = _namespace_of(request)
    return [
        Line(one.label, one.icon, reverse(one.url), here != "" and here in (_first(one.url), one.also))
        for one in ENTRIES
        if one.test(actor)
    ]


def report_url(actor: Actor) -> str:
    """Where `actor` reports what happened; nothing if it may not."""
    return reverse(REPORT.url) if REPORT and REPORT.test(actor) else ""


def _first(url_name: str) -> str:
    return url_name.split(":")[0]


def _namespace_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.namespaces[0] if match and match.namespaces else ""
