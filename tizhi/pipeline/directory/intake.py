"""通讯录导入: what a sheet of people and posts would do – all its faults by row and column, or the steps to take.

Reading changes nothing; the same sheet a second time has no steps left.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tizhi.base.accounts.models import User
from tizhi.base.documents.sheet import SheetRow
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.models import Cluster, Member, Post, Unit, UnitName

from . import places, queries, rules
from .models import Person

# Field, column, what else the column may be called.
COLUMNS = {
    "name": ("姓名", ("联系人", "人员姓名")),
    "unit": ("单位", ("所在单位", "工作单位", "单位名称", "学校")),
    "post": ("职务", ("任职", "承担职务", "平台职务")),
    "department": ("部门", ("处室", "所在部门", "部门（处室）")),
    "title": ("实际职务", ("行政职务", "现任职务")),
    "email": ("邮箱", ("电子邮箱", "电子邮件", "email", "e-mail")),
    "phone": ("手机", ("手机号", "手机号码", "联系电话", "电话")),
}
REQUIRED = ("name", "unit", "post")
MOST = 2000
CONTACTS = ("department", "title", "email", "phone")


@dataclass(frozen=True)
class Row:
    """One line of the sheet, as written; `number` is its row in Excel."""

    number: int
    name: str = ""
    unit: str = ""
    post: str = ""
    department: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, and what to do."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Step:
    """What one row does: enter or change a person, and give a post. `person` is None for somebody new."""

    row: int
    unit: Unit
    person: Person | None
    contacts: dict[str, str]
    changed: tuple[str, ...] = ()
    post: Post | None = None
    is_new_post: bool = False
    continues: int | None = None

    @property
    def words(self) -> str:
        """新登记, 修改手机, 不变 …, with the post."""
        person = "新登记" if self.person is None else f"修改{'、'.join(self.changed)}" if self.changed else ""
        if self.continues:
            person = ""
        post = f"任命{self.post}" if self.post and self.is_new_post else ""
        return "，".join(filter(None, (person, post))) or "不变"


@dataclass
class Plan:
    """All faults of a sheet; or, when there are none, the steps that change something and how many rows do not."""

    faults: list[Fault] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0


def read(sheet: Sequence[SheetRow]) -> list[Row]:
    """The rows of an uploaded sheet. Raises RuleBroken when a column is missing or nothing is in it."""
    if not sheet:
        raise RuleBroken("表格中没有人员；请从表头的下一行填起。")
    called = columns_named(sheet[0].cells, COLUMNS)
    if missing := [COLUMNS[name][0] for name in REQUIRED if name not in called]:
        raise RuleBroken(f"表头缺少{''.join(f'“{column}”' for column in missing)}；请使用模板，不要改动表头。")
    return [Row(row.number, **{name: clean(row.text(column)) for name, column in called.items()}) for row in sheet]


def example(actor: Actor, cluster: Cluster) -> list[list[str]]:
    """The rows of the empty sheet: each unit the actor enters with the posts it may give, names left out."""
    standing, rows = places.Standing.on(cluster.pk, clock.today()), []
    for member, holdings in queries.posts_of_members(cluster, clock.today()):
        for post in (one.of for one in holdings if isinstance(one.of, Post)):
            if rules.why_not_fill(actor, standing.place(post, member.unit)) is None:
                told = {"unit": member.unit.name, "post": post.name}
                rows.append([told.get(name, "") for name in COLUMNS])
    return rows


def columns_named(names: Iterable[str], columns: Mapping[str, tuple[str, Sequence[str]]]) -> dict[str, str]:
    """For each field of `columns` (title, what else it may be called), what its column is called among `names`."""
    known = {key(alias): name for name, (title, aliases) in columns.items() for alias in (title, *aliases)}
    found: dict[str, str] = {}
    for column in names:
        if name := known.get(key(column)):
            found.setdefault(name, column)
    return found


def clean(cell: str) -> str:
    """What a cell says, with single spaces."""
    return re.sub(r"\s+", " ", cell).strip()


def key(text: str) -> str:
    """A name as it is compared: full width as half width, without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def units_named(members: Mapping[int, Member]) -> dict[str, Unit]:
    """By each name a unit of `members` (by unit) goes or went by, as `key` compares it; one query."""
    former = UnitName.objects.filter(unit__in=members).values_list("name", "unit")
    units = {key(name): members[unit].unit for name, unit in former}
    for member in members.values():
        units |= {key(name): member.unit for name in (member.unit.name, member.unit.short_name) if name}
    return units


def plan(actor: Actor, cluster: Cluster, rows: Iterable[Row]) -> Plan:
    """What `rows` would do as `actor`, with every fault; the queries do not grow with the rows."""
    book = _Book(actor, cluster)
    made = Plan(faults=book.faults)
    for row in rows:
        step = book.step(row)
        if step is None:
            continue
        if step.words == "不变":
            made.unchanged += 1
        else:
            made.steps.append(step)
    return made


class _Book:
    """What the platform knows, held beside the rows read so far."""

    def __init__(self, actor: Actor, cluster: Cluster) -> None:
        self.actor, self.cluster, self.today = actor, cluster, clock.today()
        self.faults: list[Fault] = []
        self.seen: dict[tuple[int, str, int | None], Step] = {}
        self.mails: dict[str, int] = {}
        listed = queries.posts_of_members(cluster, self.today)
        self.members: dict[int, Member] = {member.unit_id: member for member, _ in listed}
        self.posts = {member.unit_id: {key(one.of.name): one for one in posts} for member, posts in listed}  # type: ignore[union-attr]
        self.units = units_named(self.members)
        self.people: dict[tuple[int, str], list[Person]] = defaultdict(list)
        for person in Person.objects.filter(unit__in=self.members, is_open=True):
            self.people[person.unit_id, person.name].append(person)
        self.accounts = dict(User.objects.exclude(email="").values_list("email", "pk"))
        self.given: Counter[tuple[int, int]] = Counter()
        self.standing = places.Standing.on(cluster.pk, self.today)

    def step(self, row: Row) -> Step | None:
        """What the row does; None, and its faults noted, when it cannot be."""
        before = len(self.faults)
        unit = self._unit(row)
        contacts = {"email": row.email.lower(), "phone": rules.normal_phone(row.phone)}
        for name, sentence in rules.person_faults(
            row.name, department=row.department, title=row.title, **contacts
        ).items():
            self._fault(row, name, sentence)
        if unit is None or len(self.faults) > before:
            return None
        step = self._person(replace(row, email=contacts["email"], phone=contacts["phone"]), unit)
        if step is None or not row.post:
            return step
        post = self._post(row, unit, step)
        return replace(step, post=post[0], is_new_post=post[1]) if post else None

    def _fault(self, row: Row, name: str, sentence: str) -> None:
        self.faults.append(Fault(row.number, COLUMNS[name][0], sentence))

    def _unit(self, row: Row) -> Unit | None:
        whole_cluster = self.actor.has("secretariat")
        if not row.unit:
            if not whole_cluster and self.actor.unit_id in self.members:
                return self.members[self.actor.unit_id].unit
            self._fault(row, "unit", "请填写单位。")
            return None
        unit = self.units.get(key(row.unit))
        if unit is None:
            self._fault(row, "unit", f"{self.cluster}没有“{row.unit}”，请写成员单位的全称或简称。")
        elif not whole_cluster and unit.pk != self.actor.unit_id:
            self._fault(row, "unit", f"你只能导入本单位人员，{unit}的人员请由该单位导入。")
            return None
        return unit

    def _person(self, row: Row, unit: Unit) -> Step | None:
        found = self._known(row, unit)
        if found is False:
            return None
        person = found or None
        key = (unit.pk, row.name, person.pk if person else None)
        if earlier := self.seen.get(key):
            return self._again(row, earlier)
        if not self._mail_is_free(row, person):
            return None
        kept = {name: getattr(row, name) or getattr(person, name, "") for name in CONTACTS}
        changed = tuple(COLUMNS[name][0] for name in CONTACTS if person and kept[name] != getattr(person, name))
        step = Step(row.number, unit, person, {"name": row.name, **kept}, changed)
        self.seen[key] = step
        return step

    def _again(self, row: Row, earlier: Step) -> Step | None:
        """A second row of somebody: another post of his, if it says nothing else."""
        for name in CONTACTS:
            value = getattr(row, name)
            if value and value != earlier.contacts[name]:
                sentence = f"与第{earlier.row}行的{row.name}不一致；同一人请写成一样，确有两人请在页面上登记其中一位。"
                self._fault(row, name, sentence)
                return None
        return Step(row.number, earlier.unit, earlier.person, earlier.contacts, continues=earlier.row)

    def _known(self, row: Row, unit: Unit) -> Person | Literal[False] | None:
        """The person of that row, None for somebody new, False when it could be several."""
        named = self.people[unit.pk, row.name]
        if len(named) < 2:
            return named[0] if named else None
        told = {value for value in (row.phone, row.email) if value}
        same = [one for one in named if told & {one.phone, one.email}]
        if len(same) == 1:
            return same[0]
        self._fault(row, "name", f"{unit}有{len(named)}位{row.name}；请填写与通讯录一致的手机或邮箱，以便区分。")
        return False

    def _mail_is_free(self, row: Row, person: Person | None) -> bool:
        if not row.email:
            return True
        other = self.mails.setdefault(row.email, row.number)
        if other != row.number:
            self._fault(row, "email", f"与第{other}行的邮箱相同；每人须用自己的邮箱。")
            return False
        account = self.accounts.get(row.email)
        if account and account != (person.user_id if person else None):
            self._fault(row, "email", rules.EMAIL_TAKEN)
            return False
        return True

    def _post(self, row: Row, unit: Unit, step: Step) -> tuple[Post, bool] | None:
        """The post of that row and whether it is given anew; None, and the fault noted, when it cannot be given."""
        offered = self.posts[unit.pk]
        holding = offered.get(key(row.post))
        if holding is None:
            names = "、".join(f"“{one.of.name}”" for one in offered.values())  # type: ignore[union-attr]
            self._fault(row, "post", f"{unit}没有“{row.post}”这一职务，可以写：{names}。")
            return None
        post: Post = holding.of  # type: ignore[assignment]
        if step.person and any(held.person_id == step.person.pk for held in holding.holders):
            return post, False
        if reason := rules.why_not_fill(self.actor, self.standing.place(post, unit)):
            self._fault(row, "post", reason)
            return None
        self.given[unit.pk, post.pk] += 1
        held_by = [held for held in holding.holders if not held.is_acting]
        if len(held_by) + self.given[unit.pk, post.pk] > post.count:
            names = "、".join(str(held.person) for held in held_by) or "表中前面的人员"
            self._fault(row, "post", f"该职务限{post.count}人，已有{names}；请先确定其止期。")
            return None
        return post, True
