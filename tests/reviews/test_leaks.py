"""泄露: a review that must not be known is known behind no door, in no list, count, search, notice or export [C6].

Two worlds are compared: with the review in full work, and without it. Whoever must not know of it finds the same words
behind every door of the platform.
"""

import json
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests import make
from tests.conftest import TODAY
from tests.plans import building as plans
from tizhi.base.kit import clock
from tizhi.base.notices.models import Delivery, Notice
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.reviews import actions, jobs
from tizhi.pipeline.reviews.models import Assignment, Opinion, Point, Reply, Review
from tizhi.pipeline.reviews.rules import PointWord, Said, SectionWord

from . import building as build
from .walk import Door, Walk, doors, signed_in

pytestmark = pytest.mark.django_db

OPINION, DRAFT, POINT, DECLINED, OVERRIDE = "赤橙意见", "黄绿草稿", "青蓝条目", "紫灰谢绝", "黑白超额"
SIGNED, RELEASED = "靛银签字", "金铜解除"
MARKERS = (OPINION, DRAFT, POINT, DECLINED, OVERRIDE, SIGNED, RELEASED)
CONCLUSION, KEPT = "朱砂结论", "墨玉复核"
NAMES = ("陆明", "苏文", "顾行")
# Where the names of the committee stand anyway: its list, the bodies, the experts' own pages.
COMMITTEE = {"reviews", "plans", "files", "history", "notices", "desk"}


class Secret:
    """A review in full work: two opinions, one of an expert whom the plan concerns by now; one draft, one declined."""

    def __init__(self) -> None:
        for name in make.ALL_PERSONAS:
            make.persona(name)
        self.review = review = build.opened()
        build.conflicted_assigner_user(), build.conflicted_expert_user(), plans.school_user()
        self.idle = build.user("闲云", "北京师范大学", build.MEMBER)
        found = build.asked(review, "陆明", "苏文", "顾行")
        self.later_user = build.user("程野", "四川师范大学", build.MEMBER)
        later = make.actor(self.later_user)
        found["程野"] = actions.invite(build.assigner(), review, person=later.person_id, override=OVERRIDE)
        released = make.actor(build.user("何去", "北京师范大学", build.MEMBER))
        gone = actions.invite(build.assigner(), review, person=released.person_id)
        actions.release(build.assigner(), gone, note=RELEASED)
        actions.name_chair(build.assigner(), found["陆明"])
        actions.accept(later, found["程野"])
        actions.submit_opinion(later, build.again(found["程野"]), said=self._said(f"{OPINION}四"))
        actions.accept(build.expert("苏文"), found["苏文"])
        actions.save_opinion(build.expert("苏文"), build.again(found["苏文"]), said=Said(summary=DRAFT))
        actions.decline(build.expert("顾行"), found["顾行"], note=DECLINED)
        paper = plans.paper(f"{SIGNED}.pdf")
        actions.enter_for(build.assigner(), build.again(found["陆明"]), said=self._said(OPINION), paper=paper)
        self.found = {name: build.again(one) for name, one in found.items()}
        # From here on the plan concerns him: he has gone to work at the school.
        person = Person.objects.get(user=self.later_user)
        post = make.appointment("liaison").post
        make.appoint(person, cluster=make.bnu(), post=post, unit=make.unit(build.SCHOOL))
        Notice.objects.all().update(read_at=None)

    def _said(self, summary: str) -> Said:
        keys = [one["key"] for one in self.review.version_read.content]
        sections = [SectionWord(key, "conditional", f"{OPINION}分章") for key in keys]
        return Said("conditional", summary, sections, [PointWord(POINT, keys[0])])

    def ids(self) -> set[int]:
        """Whatever an address could be tried with."""
        rows = [
            {self.review.pk, self.review.plan_id, self.found["陆明"].signed_id},
            Assignment.objects.values_list("pk", flat=True),
            Notice.objects.filter(kind="review").order_by("pk").values_list("pk", flat=True)[:4],
        ]  # fmt: skip
        return {pk for several in rows for pk in several}

    def doors(self) -> list[Door]:
        """Every address of the platform."""
        return doors(self.ids(), OPINION, {self.review.plan_id})

    @staticmethod
    def undo() -> None:
        """The world as it would be had there been no review; history and notices too."""
        for model in (Reply, Point, Opinion, Assignment):
            model.objects.all().delete()
        Review.objects.order_by("-pk").first().delete()
        Delivery.objects.filter(notice__kind__startswith="review").delete()
        Notice.objects.filter(kind__startswith="review").delete()
        # History is never deleted by the platform itself.
        ours = "SELECT id FROM django_content_type WHERE app_label = 'reviews'"
        entries = f"SELECT id FROM audit_entry WHERE kind_id IN ({ours})"
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM audit_countersign WHERE entry_id IN ({entries})")
            cursor.execute(f"DELETE FROM audit_entry WHERE kind_id IN ({ours})")


@pytest.fixture(scope="module")
def secret(django_db_setup, django_db_blocker) -> Iterator[Secret]:
    """The review, made once."""
    with django_db_blocker.unblock(), clock.at(TODAY), transaction.atomic():
        yield Secret()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def all_doors(secret) -> list[Door]:
    """Every address, tried with the ids of the secret."""
    return secret.doors()


def people(secret: Secret) -> dict[str, object]:
    """Whoever must not know of the review while it runs."""
    return {
        "an expert whom it concerns by now, who gave an opinion before": secret.later_user,
        "an expert of the partner, never asked": build.conflicted_expert_user(),
        "who assigns experts but is of the school": build.conflicted_assigner_user(),
        "an expert who is not asked": secret.idle,
        "an expert who declined": build.user("顾行", "四川师范大学", build.MEMBER),
        "an expert who was released": build.user("何去", "北京师范大学", build.MEMBER),
        "the school": plans.school_user(),
        "the authors": make.persona("pair-office"),
        "the secretariat": make.persona("secretariat"),
        "a member of the leading group": make.persona("leading-group"),
        "the department": make.persona("department"),
        "an outsider": make.persona("outsider"),
        "an administrator": make.persona("administrator"),
    }


# Those through every door; the rest through those near the review, and every list and search.
FAR = ("an expert whom it concerns by now, who gave an opinion before", "who assigns experts but is of the school")
CLOSE = (
    "an expert who is not asked", "an expert of the partner, never asked", "an expert who declined",
    "an expert who was released", "the school", "the authors", "the secretariat", "a member of the leading group",
    "the department", "an outsider", "an administrator",
)  # fmt: skip
# They were asked, rightly, and keep the word that they were: of the rest they learn nothing.
TOLD = ("an expert who declined", "an expert who was released")
CLOSE_BY = {"reviews", "files", "notices", "history", "desk", "plans", "experts"}


@pytest.mark.parametrize("who", [*FAR, *CLOSE])
def test_behind_no_door_is_anything_else_than_without_the_review(who, secret, all_doors):
    tried = all_doors if who in FAR else [one for one in all_doors if one.space in CLOSE_BY]
    user = people(secret)[who]
    with transaction.atomic():
        with_it = Walk(user).through(tried)
        transaction.set_rollback(True)
    leaks = with_it.told(MARKERS, tried)
    if who not in TOLD:
        leaks += with_it.differs(_without_it(secret, user, with_it, tried))
    _tell(who, len(tried), len(leaks))
    assert leaks == []


def _without_it(secret, user, with_it: Walk, tried: list[Door]) -> Walk:
    """The same walk had there been no review; what does not exist with it need not be tried without."""
    with transaction.atomic():
        secret.undo()
        walk = Walk(user).through([door for door in tried if with_it.found[door.path][0] != 404])
        transaction.set_rollback(True)
    return walk


def _tell(who: str, doors: int, leaks: int) -> None:
    """For the bench: how many doors were tried, and how many leaked."""
    if place := os.environ.get("TIZHI_DOORS_TOLD"):
        with open(place, "a", encoding="utf-8") as file:
            file.write(json.dumps({"who": who, "doors": doors, "leaks": leaks}, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("who", ["who assigns experts", "an expert at work"])
def test_the_walk_finds_what_may_be_known(who, secret, all_doors):
    """The same walk in the shoes of the committee finds the markers: it would find a leak."""
    user = build.assigner_user() if who == "who assigns experts" else build.user("苏文", "西北师范大学", build.MEMBER)
    tried = [one for one in all_doors if one.space in ("reviews", "files")]
    with transaction.atomic():
        found = " ".join(Walk(user).through(tried).told(MARKERS, tried))
        transaction.set_rollback(True)
    expected = {OPINION, POINT, DECLINED, OVERRIDE} if who == "who assigns experts" else {DRAFT}
    hidden = {DRAFT} if who == "who assigns experts" else {OPINION, POINT, DECLINED, OVERRIDE, SIGNED}
    assert all(marker in found for marker in expected)
    assert not any(marker in found for marker in hidden)


@pytest.mark.parametrize("who", [*FAR, *CLOSE])
def test_no_act_on_the_review_is_open(who, secret, all_doors):
    user = people(secret)[who]
    client = signed_in(Client(raise_request_exception=False), user)
    with transaction.atomic():
        for door in all_doors:
            if door.space == "reviews" and "?" not in door.path and door.path != reverse("reviews:list"):
                assert client.post(door.path, {"note": "x", "verdict": "passed"}).status_code in (404, 405), door
        transaction.set_rollback(True)


def test_the_mail_of_a_review_goes_to_nobody_whom_it_concerns(secret):
    barred = {build.conflicted_expert_user().pk, build.conflicted_assigner_user().pk}
    with transaction.atomic(), clock.at(build.CLOSES + timedelta(days=1)):
        jobs.remind_in(make.bnu())
        told = Notice.objects.filter(kind="review", at__gte=clock.now())
        assert told.filter(name="苏文").exists()
        assert not told.filter(user__in=barred | {secret.later_user.pk}).exists()
        transaction.set_rollback(True)


# After the conclusion


@pytest.fixture
def concluded(secret) -> Iterator[None]:
    """The review with its conclusion, which the school and its authors may read."""
    with transaction.atomic():
        actions.release(build.assigner(), secret.found["程野"], note=RELEASED)
        said = secret._said(f"{OPINION}二")
        actions.submit_opinion(build.expert("苏文"), secret.found["苏文"], said=said)
        actions.conclude(
            build.expert("陆明"), build.fresh(secret.review), verdict="conditional", conclusion=CONCLUSION,
            reply_due=build.REPLY_DUE,
        )  # fmt: skip
        yield
        transaction.set_rollback(True)


READERS = ("the school", "the authors", "the secretariat", "a member of the leading group", "the department")


@pytest.mark.parametrize("who", READERS)
def test_after_the_conclusion_names_and_what_was_behind_them_stay_with_who_assigns(who, secret, all_doors, concluded):
    tried = [one for one in all_doors if one.space in COMMITTEE]
    walk = Walk(people(secret)[who]).through(tried)
    assert walk.told((*NAMES, "何去", DECLINED, OVERRIDE, SIGNED, RELEASED), tried) == []
    found = " ".join(walk.told([CONCLUSION, OPINION], tried))
    assert CONCLUSION in found
    assert (OPINION in found) == (who in ("the school", "the authors"))


@pytest.mark.parametrize("who", [*FAR, *CLOSE[:4], "an outsider"])
def test_what_the_conclusion_decided_stands_on_the_plan_not_what_was_said_before(who, secret, all_doors, concluded):
    user = people(secret)[who]
    tried = [one for one in all_doors if one.space in COMMITTEE]
    walk = Walk(user).through(tried)
    # One's own name stands at the head of every page.
    markers = [one for one in (*MARKERS, CONCLUSION, *NAMES) if one != user.username]
    assert walk.told(markers, [one for one in tried if one.space != "desk"]) == []
