"""示例人员: somebody in every post and seat, appointed by those whose right it is; names by Faker, all marked 示例."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from faker import Faker

from tizhi.base.accounts.models import User
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory import actions, queries
from tizhi.pipeline.directory.actors import actor_of, appointments_of
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.experts.who import departments
from tizhi.pipeline.scheme.models import Body, Cluster, Member, Post, Seat

PASSWORD = "shili-2026-tizhi"  # noqa: S105 - the sample's, printed with its accounts
IN_POST_SINCE = date(2022, 4, 1)
TITLES = {
    "party-secretary": "党委书记", "president": "校长", "vice-president": "副校长", "office-head": "教务处处长",
    "liaison": "教务处科长", "secretary": "校长办公室秘书", "department-leader": "副厅长", "ministry-reader": "处长",
}  # fmt: skip
OFFICE_TITLES = {"office-head": "教师工作处处长", "liaison": "教师工作处一级主任科员", "secretary": "办公室秘书"}


@dataclass
class Cast:
    """Everybody in the sample, by unit id and post ("ahnu", "liaison") or body and seat ("cluster-office", "主任")."""

    cluster: Cluster
    administrator: User
    members: dict[str, Member]
    actors: dict[tuple[str, str], Actor] = field(default_factory=dict)
    posts: dict[tuple[str, str], Appointment] = field(default_factory=dict)

    def actor(self, place: str, post: str) -> Actor:
        """Who acts in that post."""
        return self.actors[place, post]


def fill(cluster: Cluster, day: date) -> Cast:
    """Appoint people to all posts and seats of `cluster`; the secretariat first, then offices, then the rest."""
    fake = Faker("zh_CN")
    fake.seed_instance(2022)
    members = {member.key: member for member in cluster.members.select_related("unit")}
    administrator = User.objects.create(
        username="admin", name="示例·管理员", is_administrator=True, password=make_password(PASSWORD)
    )
    cast = Cast(cluster, administrator, members)
    casting = _Casting(cast, fake, administrator.password, {member.unit_id: key for key, member in members.items()})
    casting.open_secretariat()
    for key in members:
        casting.fill_unit(key)
    casting.fill_bodies(day)
    return cast


@dataclass
class _Casting:
    cast: Cast
    fake: Faker
    password: str
    keys: dict[int, str]
    used: set[str] = field(default_factory=set)

    def open_secretariat(self) -> None:
        seat = self._seats("cluster-office")[0]
        member = self.cast.members[self.keys[seat.unit_id]] if seat.unit_id else next(iter(self.cast.members.values()))
        person = actions.open_secretariat(
            actor_of(self.cast.administrator, None), self.cast.cluster, seat=seat, member=member, name=self._name(),
            secret=self.fake.sha256(), begins=IN_POST_SINCE, title="“强师工程”办公室主任", phone=self._phone(),
        )  # fmt: skip
        self._enter(person, "cluster-office", seat.post, "office-director")

    def fill_unit(self, key: str) -> None:
        """The office head first, by the secretariat; the others by the office head."""
        member = self.cast.members[key]
        held = queries.posts_of_unit(self.cast.cluster, member.unit, IN_POST_SINCE)
        posts = sorted((holding.of for holding in held), key=lambda post: "people-unit" not in post.powers)  # type: ignore[union-attr]
        for post in posts:
            self._appoint(key, member, post)  # type: ignore[arg-type]
        if (key, "secretary") in self.cast.posts:
            leader = self.cast.posts.get((key, "vice-president")) or self.cast.posts.get((key, "department-leader"))
            office_head = self.cast.actor(key, "office-head")
            actions.set_assistant(office_head, self.cast.posts[key, "secretary"], leader=leader)
            self._remember(self.cast.posts[key, "secretary"].person, key, "secretary")

    def _appoint(self, key: str, member: Member, post: Post) -> None:
        by = self.cast.actors.get((key, "office-head")) or self.cast.actor("cluster-office", "主任")
        titles = TITLES | (OFFICE_TITLES if member.unit.kind == "department" else {})
        person = actions.add_person(
            by, member, name=self._name(), title=titles.get(post.key, post.name), phone=self._phone()
        )
        actions.appoint_to_post(by, member, person=person, post=post, begins=IN_POST_SINCE, title=person.title)
        self._enter(person, key, post.key, f"{key}-{post.key}")

    def fill_bodies(self, day: date) -> None:
        """What the posts of units do not fill by themselves, by the secretariat."""
        office = self.cast.actor("cluster-office", "主任")
        nominated = departments(self.cast.cluster)
        for place in queries.seats_of_bodies(self.cast.cluster, day):
            if place.body.declared in nominated:
                continue  # its seats are filled by nomination and letter, see `experts`
            for holding in place.seats:
                for number in range(holding.missing):
                    self._seat(office, place.body, holding.of, number)  # type: ignore[arg-type]

    def _seat(self, by: Actor, body: Body, seat: Seat, number: int) -> None:
        if seat.unit_posts:
            return  # filled by the holder of a unit's post, or empty with it
        unit = seat.unit_id or body.unit_id
        universities = [key for key, member in self.cast.members.items() if member.unit.kind == "university"]
        key = self.keys[unit] if unit else universities[(number * 3 + len(self.used)) % len(universities)]
        department = seat.departments[number] if number < len(seat.departments) else ""
        person = actions.add_person(
            by, self.cast.members[key], name=self._name(), department=department, phone=self._phone(),
            title=f"{department}干部" if department else "教授",
        )  # fmt: skip
        actions.appoint_to_seat(by, body, person=person, seat=seat, begins=IN_POST_SINCE)
        self._enter(person, self._place(body), seat.post, f"{self._place(body)}-{len(self.used)}")

    def _place(self, body: Body) -> str:
        return f"{self.keys[body.unit_id]}-{body.declared}" if body.unit_id else body.declared

    def _enter(self, person: Person, place: str, post: str, username: str) -> None:
        """Give the person an account that can be entered with the sample's password."""
        if person.user is None:
            person.user = User(username=username, name=person.name)
        person.user.username, person.user.password = username, self.password
        person.user.save()
        person.user_id = person.user.pk
        person.save()
        self._remember(person, place, post)

    def _remember(self, person: Person, place: str, post: str) -> None:
        held = appointments_of(person.user)[0]  # type: ignore[arg-type]
        self.cast.posts.setdefault((place, post), held)
        self.cast.actors[place, post] = actor_of(person.user, held)  # type: ignore[arg-type]

    def _seats(self, declared: str) -> list[Seat]:
        bodies = queries.seats_of_bodies(self.cast.cluster, IN_POST_SINCE)
        found = next(place for place in bodies if place.body.declared == declared)
        return [holding.of for holding in found.seats]  # type: ignore[misc]

    def _name(self) -> str:
        while (name := f"示例·{self.fake.name()}") in self.used:
            pass
        self.used.add(name)
        return name

    def _phone(self) -> str:
        """A number in a range that no operator has been given (154)."""
        return f"154{self.fake.numerify('########')}"
