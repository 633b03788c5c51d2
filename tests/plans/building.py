"""造计划: plans at a step, taken there through the actions; studies and needs that serve as evidence."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from tests import make
from tizhi.base.accounts.models import User
from tizhi.base.kit.actor import Actor, system
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.plans import actions
from tizhi.pipeline.plans.course import course_of
from tizhi.pipeline.plans.models import Plan, PlanVersion, Section
from tizhi.pipeline.scheme.models import Area, Cluster, Member
from tizhi.pipeline.studies.models import Finding, Study, StudyMember

SCHOOL, PARTNER, LEAD = "阜阳师范大学", "安徽师范大学", "北京师范大学"
TEXT = "<p>聚焦小学教育、学前教育两个师范专业群，五年建成校级一流课程8门。</p>"


def at(day: date) -> datetime:
    """Noon of that day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def author() -> Actor:
    """The pair office of 安徽师范大学, which writes for 阜阳师范大学."""
    return make.actor("pair-office")


def school_user(name: str = "秦岭", school: str = SCHOOL) -> User:
    """The account of a liaison of the school."""
    return User.objects.filter(username=name).first() or make.person(name, school, post="liaison").user


def school(name: str = "秦岭") -> Actor:
    """The liaison of 阜阳师范大学."""
    return make.actor(school_user(name))


def secretariat() -> Actor:
    """The head of the cluster's office."""
    return make.actor("secretariat")


def member(name: str = SCHOOL, cluster: Cluster | None = None) -> Member:
    """The school's place in the cluster."""
    return Member.objects.get(cluster=cluster or make.bnu(), unit__name=name)


def need(title: str = "师范专业认证", school: str = SCHOOL, cluster: Cluster | None = None, **given: object) -> Need:
    """A need the school stated."""
    cluster, unit = cluster or make.bnu(), make.unit(school)
    number = Need.objects.filter(cluster=cluster, unit=unit).count() + 1
    columns = {"writer": make.liaison_of(unit, cluster), "stated_at": at(date(2026, 3, 18)), "number": number}
    return Need.objects.create(cluster=cluster, unit=unit, title=title, **{**columns, **given})


def study(
    round: str = "first", *, unit: str = PARTNER, school: str = SCHOOL, expert: bool = False,
    cluster: Cluster | None = None, **given: object,
) -> Study:  # fmt: skip
    """A recorded study of the school."""
    cluster, leads = cluster or make.bnu(), make.unit(unit)
    columns = {
        "title": "第一轮调研" if round == "first" else "第二轮调研", "first_day": date(2026, 4, 20),
        "last_day": date(2026, 4, 24), "writer": make.liaison_of(leads, cluster), "created_at": at(date(2026, 4, 24)),
        "recorded_at": at(date(2026, 4, 25)),
    }  # fmt: skip
    made = Study.objects.create(
        cluster=cluster, unit=leads, school=make.unit(school), round=round, **{**columns, **given}
    )
    StudyMember.objects.create(study=made, name="钱文", is_expert=expert)
    return made


def finding(of: Study, text: str = "课程共建缺少组织方式", **given: object) -> Finding:
    """What the study found."""
    return Finding.objects.create(study=of, text=text, **given)


def paper(name: str = "report.pdf") -> object:
    """A small PDF."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "application/pdf")


def opened(kind: str = "five-year", day: date = date(2026, 6, 1)) -> Plan:
    """A plan of 阜阳师范大学 that was just opened."""
    return actions.open_plan(author(), member(), declared=kind, day=day)


def written(plan: Plan, html: str = TEXT) -> Plan:
    """With a text in its first two sections."""
    for section in Section.objects.filter(plan=plan)[:2]:
        actions.save_section(author(), section, html=html)
    return plan


def step_of(plan: Plan) -> str:
    """The id of the step that is open; empty when none is."""
    now = course_of(Plan.objects.get(pk=plan.pk)).now
    return now.declared.id if now else ""


def at_step(step: str) -> Plan:
    """A five-year plan of 阜阳师范大学 taken to the step `step`; "" when it is in force."""
    plan = written(opened())
    while step_of(plan) != step:
        _next(plan, step_of(plan))
    return Plan.objects.get(pk=plan.pk)


def _next(plan: Plan, step: str) -> None:
    if step == "needs":
        need()
        actions.complete_step(school(), plan, step="needs")
    elif step == "first-study":
        actions.complete_step(author(), plan, step=step, study=study(), paper=paper())
    elif step == "second-study":
        chosen = study("second", unit=LEAD, expert=True)
        actions.complete_step(author(), plan, step=step, study=chosen, paper=paper())
    elif step in ("draft", "final"):
        actions.submit_text(author(), plan)
    elif step == "review":
        last = PlanVersion.objects.filter(plan=plan).last()
        actions.pass_step(system(), plan, passed=last)
    elif step == "in-force":
        actions.complete_step(secretariat(), plan, step=step, paper=paper("印发.pdf"), number="组团办〔2026〕3号")


def year_plan(step: str = "") -> Plan:
    """The yearly plan of 2026 taken to a step."""
    return year_plan_of(date(2026, 6, 1), step)


def year_plan_of(day: date, step: str = "") -> Plan:
    """The yearly plan of the year of `day` taken to a step."""
    plan = written(opened("year", day))
    while step_of(plan) != step:
        if step_of(plan) == "draft":
            actions.submit_text(author(), plan)
        elif step_of(plan) == "agreed":
            actions.complete_step(school(), plan, step="agreed")
        else:
            actions.complete_step(secretariat(), plan, step="in-force")
    return Plan.objects.get(pk=plan.pk)


def area(key: str = "talent") -> Area:
    """An area of the work plan."""
    return Area.objects.get(cluster=make.bnu(), key=key)
