"""造数: builders that every test uses. `bnu()` is the cluster of the real work plan, in one call.

A persona is somebody in one typical post: `persona("liaison")` is an account, `actor("liaison")` who acts, and
`signed_in(client, "liaison")` a browser of theirs. The cluster is made when it is not there yet.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.test import Client
from django.utils import timezone

from tizhi.base.accounts.models import User
from tizhi.base.kit.actor import Actor, system
from tizhi.pipeline.activities.models import Activity, ActivityUnit
from tizhi.pipeline.directory.actors import actor_of, appointments_of
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.actions import apply_scheme
from tizhi.pipeline.scheme.models import Area, Cluster, Post, Seat, Unit

REAL = Path(__file__).parent.parent / "tizhi" / "schemes"
EXAMPLES = Path(__file__).parent / "scheme" / "schemes"
PARTNERS = ("北京师范大学", "安徽师范大学", "西北师范大学", "四川师范大学")


@cache
def real_text() -> str:
    """The work plan of the 北京师范大学 cluster, April 2022."""
    return (REAL / "bnu-2022.toml").read_text(encoding="utf-8")


@cache
def example_text(name: str) -> str:
    """The scheme of another cluster, from `tests/scheme/schemes`."""
    return (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")


def cluster_of(key: str, text: str, begins: date | None = None) -> Cluster:
    """The cluster of that key with the scheme `text` in force; made when it is not there yet."""
    cluster = Cluster.objects.filter(key=key).first() or Cluster(key=key)
    version = apply_scheme(system(), cluster, text=text, begins=begins)
    return version.cluster


def bnu() -> Cluster:
    """The cluster of the real work plan."""
    return Cluster.objects.filter(key="bnu").first() or cluster_of("bnu", real_text())


def second_cluster() -> Cluster:
    """The 首都师范大学 cluster: other units, other bodies, other rules; only 教育部 stands in both."""
    return Cluster.objects.filter(key="cnu").first() or cluster_of("cnu", example_text("cnu"))


def unit(name: str) -> Unit:
    """The unit of that name."""
    return Unit.objects.get(name=name)


def person(
    name: str,
    unit: Unit | str,
    *,
    post: str = "",
    seat: str = "",
    cluster: Cluster | None = None,
    assists: Appointment | None = None,
    **given: object,
) -> Person:
    """Somebody with an account, in a `post` of the unit and/or a `seat` of a body, such as "专家委员会委员".

    The account's name is the person's; `given` are fields of the person. Appointed from the start of the cluster.
    """
    unit = Unit.objects.get(name=unit) if isinstance(unit, str) else unit
    user = User.objects.create_user(name, name=name)
    made = Person.objects.create(name=name, unit=unit, user=user, **given)
    cluster = cluster or bnu()
    if post:
        row = Post.objects.get(cluster=cluster, key=post)
        appoint(made, cluster=cluster, post=row, unit=unit, assists=assists)
    if seat:
        appoint(made, cluster=cluster, seat=seat_of(cluster, seat, unit))
    return made


def appoint(person: Person, *, cluster: Cluster, **given: object) -> Appointment:
    """An appointment since the start of the cluster, unless `given` says otherwise."""
    return Appointment.objects.create(person=person, cluster=cluster, **{"begins": cluster.starts, **given})


def seat_of(cluster: Cluster, words: str, unit: Unit) -> Seat:
    """The seat called like "大组团办公室成员" that the unit fills, or the one that no unit fills."""
    named = [seat for seat in Seat.objects.filter(body__cluster=cluster).select_related("body") if str(seat) == words]
    return next((seat for seat in named if seat.unit_id == unit.pk), None) or next(
        seat for seat in named if seat.unit_id is None
    )


@dataclass(frozen=True)
class _Persona:
    name: str
    unit: str
    post: str = ""
    seat: str = ""


# 阜阳师范大学 is the school of 安徽师范大学's pair; 青海师范大学 stands for a school of another pair.
PERSONAS = {
    "secretariat": _Persona("王敏", "北京师范大学", seat="大组团办公室主任"),
    "cluster-office-member": _Persona("马云霞", "青海师范大学", seat="大组团办公室成员"),
    "pair-office": _Persona("程璐", "安徽师范大学", seat="安徽师范大学小组团办公室主任"),
    "liaison": _Persona("孙涛", "安徽师范大学", post="liaison"),
    "office-head": _Persona("周岚", "安徽师范大学", post="office-head"),
    "vice-president": _Persona("高远", "安徽师范大学", post="vice-president"),
    "secretary": _Persona("何静", "安徽师范大学", post="secretary"),
    "supported-school": _Persona("才让", "青海师范大学", post="liaison"),
    "expert": _Persona("钱文", "北京师范大学", seat="专家委员会委员"),
    "project-group": _Persona("许岩", "安徽师范大学", seat="安徽师范大学项目组组长"),
    "department": _Persona("丁宁", "安徽省教育厅", post="department-leader"),
    "leading-group": _Persona("林致远", "安徽师范大学", seat="领导小组成员"),
    "ministry": _Persona("方正", "教育部", post="ministry-reader"),
    "outsider": _Persona("白雪", "内蒙古师范大学", post="liaison"),
}
ALL_PERSONAS = (*PERSONAS, "administrator", "nobody")


def persona(name: str) -> User:
    """The account of that persona, made on first call."""
    if name not in PERSONAS:
        made, _ = User.objects.get_or_create(
            username=name, defaults={"name": name, "is_administrator": name == "administrator"}
        )
        return made
    who = PERSONAS[name]
    if user := User.objects.filter(username=who.name).first():
        return user
    cluster = second_cluster() if name == "outsider" else bnu()
    assists = appointment("vice-president") if name == "secretary" else None
    return person(who.name, who.unit, post=who.post, seat=who.seat, cluster=cluster, assists=assists).user


def appointment(name: str) -> Appointment:
    """The post in which that persona acts."""
    return appointments_of(persona(name))[0]


def actor(who: User | str) -> Actor:
    """Who acts: an account or a persona's name, in the first of its posts."""
    user = persona(who) if isinstance(who, str) else who
    held = appointments_of(user)
    return actor_of(user, held[0] if held else None)


def signed_in(client: Client, who: User | str) -> Client:
    """`client` with that account or persona signed in."""
    client.force_login(
        persona(who) if isinstance(who, str) else who, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def activity(
    unit: Unit | str = "安徽师范大学", *, state: str = "draft", cluster: Cluster | None = None, **given: object
) -> Activity:
    """A complete brief in `state`, of 16–18 November 2026, in which 阜阳师范大学 takes part unless `units` says else.

    `units` are pairs of name and part; `given` are columns of the activity. Made as it stands, without its history.
    """
    cluster = cluster or bnu()
    unit = Unit.objects.get(name=unit) if isinstance(unit, str) else unit
    parts = given.pop("units", ((unit.name, "host"), ("阜阳师范大学", "attending")))
    at = timezone.make_aware(datetime(2026, 11, 20, 10))
    columns = {
        "kind": "training", "title": "小学数学骨干教师研修班", "first_day": date(2026, 11, 16),
        "last_day": date(2026, 11, 18), "place": "安徽省芜湖市", "text": "研修班为期三天。",
        "area": Area.objects.filter(cluster=cluster).first(), "details": {"trainees": 40, "hours": 24},
        "writer": liaison_of(unit, cluster), "created_at": at, "held_since": at,
    }  # fmt: skip
    passed = {name: at for name in _passed_on(state)}
    made = Activity.objects.create(cluster=cluster, unit=unit, state=state, **{**columns, **passed, **given})
    for place, (name, part) in enumerate(parts):
        ActivityUnit.objects.create(activity=made, unit=Unit.objects.get(name=name), part=part, order=place)
    return made


def _passed_on(state: str) -> tuple[str, ...]:
    """The times a brief in `state` has; what was returned had left its unit."""
    times = ("sent_at", "submitted_at", "accepted_at", "published_at")
    states = ("draft", "approving", "submitted", "accepted", "published")
    return times[: states.index("submitted" if state == "returned" else state)]


def liaison_of(unit: Unit, cluster: Cluster) -> Person:
    """The liaison of a unit, made when there is none."""
    held = Appointment.objects.filter(cluster=cluster, unit=unit, post__key="liaison").first()
    return held.person if held else person(f"{unit.called}联络员", unit, post="liaison", cluster=cluster)
