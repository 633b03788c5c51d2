"""泄露: a review that must not be known is known behind no door, in no list, count, search, notice or export [C6].

Two worlds are compared: with the review in full work, and without it. Whoever must not know of it finds the same words
behind every door of the platform.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests import make
from tests.conftest import TODAY
from tests.plans import building as plans
from tizhi.base.kit import clock
from tizhi.base.notices.models import Delivery, Notice
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.reviews import actions
from tizhi.pipeline.reviews.models import Assignment, Opinion, Point, Reply, Review
from tizhi.pipeline.reviews.rules import PointWord, Said, SectionWord

from . import building as build
from .walk import Door, Walk, doors

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
            {self.review.pk, self.review.plan_id}, Assignment.objects.values_list("pk", flat=True),
            Point.objects.values_list("pk", flat=True)[:2], Opinion.objects.values_list("pk", flat=True)[:1],
            [self.found["陆明"].signed_id], Notice.objects.filter(kind="review").values_list("pk", flat=True),
        ]  # fmt: skip
        return {pk for several in rows for pk in several}

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
    return doors(secret.ids(), OPINION)


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


WHO = (
    "an expert whom it concerns by now, who gave an opinion before", "an expert of the partner, never asked",
    "who assigns experts but is of the school", "an expert who is not asked", "an expert who declined",
    "an expert who was released", "the school", "the authors", "the secretariat", "a member of the leading group",
    "the department", "an outsider", "an administrator",
)  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_behind_no_door_is_anything_else_than_without_the_review(who, secret, all_doors):
    user = people(secret)[who]
    with transaction.atomic():
        with_it = Walk(user).through(all_doors)
        transaction.set_rollback(True)
    assert with_it.told(MARKERS, all_doors) == []
    open_doors = [door for door in all_doors if with_it.found[door.path][0] != 404]
    with transaction.atomic():
        secret.undo()
        without = Walk(user).through(open_doors)
        transaction.set_rollback(True)
    assert with_it.differs(without) == []
