"""Who reads which commitments, for whom they are, and of whom a word is wanted."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.scheme.applied import apply
from tests.scheme.writing import changed
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.pipeline.commitments import queries
from tizhi.pipeline.commitments.lines import lines_of, sums_of
from tizhi.pipeline.commitments.models import Commitment
from tizhi.pipeline.desk.queries import todos
from tizhi.web.files.owners import visible_to as visible_files

from .building import DEPARTMENT, commitment, department_liaison, progress

pytestmark = pytest.mark.django_db

READERS = set(make.PERSONAS) - {"ministry", "outsider"}
READS_ANHUI = {"department", "secretariat", "leading-group"}


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_a_promise_in_the_cluster_is_read_by_all_of_it(persona):
    commitment()
    assert queries.visible_to(make.actor(persona)).exists() is (persona in READERS)


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_a_provinces_page_is_its_departments_and_of_who_reads_the_cluster(persona):
    make.bnu()
    seen = {unit.name for unit in queries.departments_visible_to(make.actor(persona))}
    if persona == "department":
        assert seen == {DEPARTMENT}
    elif persona in READS_ANHUI:
        assert seen == {"青海省教育厅", "安徽省教育厅", "四川省教育厅"}
    else:
        assert seen == set()


def test_a_departments_liaison_reads_its_province_too():
    make.bnu()
    assert [unit.name for unit in queries.departments_visible_to(make.actor(department_liaison()))] == [DEPARTMENT]


def test_a_department_in_two_clusters_undertakes_in_each_for_itself():
    here = commitment()
    there = make.cluster_of("other", changed(("cluster.id", "other"), ("cluster.name", "另一组团")))
    member = make.person("沈冰", DEPARTMENT, post="liaison", cluster=there)
    other = commitment(cluster=there, title="另一组团的承诺")
    assert [one.title for one in queries.visible_to(make.actor(member.user))] == [other.title]
    assert list(queries.visible_to(make.actor("department"))) == [here]
    assert [one.cluster for one in queries.entered_for(make.actor(member.user))] == [there]


def test_what_names_no_school_is_for_all_of_the_province():
    whole, named = commitment(title="全省"), commitment(title="阜阳", schools=("阜阳师范大学",))
    other = commitment("四川省教育厅", title="四川")
    every = Commitment.objects.all()
    assert set(queries.for_school(every, make.unit("阜阳师范大学"))) == {whole, named}
    assert set(queries.for_school(every, make.unit("安徽师范大学"))) == {whole}
    assert set(queries.for_school(every, make.unit("阿坝师范学院"))) == {other}


def test_a_school_whose_province_has_no_department_has_none_and_nothing_breaks():
    commitment()
    gansu = make.unit("西北师范大学")
    assert not queries.for_school(Commitment.objects.all(), gansu).exists()
    assert not queries.schools_of(make.bnu(), "", date(2026, 11, 23)).exists()


def test_what_names_a_school_stays_its_own_when_the_school_leaves():
    one = commitment(schools=("阜阳师范大学",))
    assert queries.concerned(one) == {make.unit("阜阳师范大学").pk}
    assert queries.concerned(commitment()) == {make.unit("安徽师范大学").pk, make.unit("阜阳师范大学").pk}


def test_schools_of_a_province_are_those_of_the_day():
    make.bnu()
    apply(changed(("unit[fynu].province", "江苏省")), begins=date(2026, 9, 1))
    names = [unit.name for unit in queries.schools_of(make.bnu(), "安徽省", date(2026, 10, 1))]
    assert names == ["安徽师范大学"]


@pytest.mark.parametrize(
    ("code", "titles"),
    [
        ("open", ["逾期", "临期", "很久以后", "没有期限"]), ("late", ["逾期"]), ("soon", ["临期"]),
        ("done", ["兑现"]), ("withdrawn", ["撤回"]),
    ],
)  # fmt: skip
def test_a_list_is_narrowed_by_how_they_stand_and_begins_with_what_presses(code, titles):
    commitment(title="撤回", state="withdrawn")
    commitment(title="兑现", state="done", done_on=date(2026, 10, 1))
    commitment(title="没有期限", due=None)
    commitment(title="很久以后", due=date(2027, 12, 1))
    commitment(title="临期", due=date(2026, 12, 23))
    commitment(title="逾期", due=date(2026, 11, 22))
    found = queries.in_order(queries.standing_as(Commitment.objects.all(), code))
    assert [one.title for one in found] == titles
    assert [line.commitment.title for line in lines_of(Commitment.objects.all())][-2:] == ["兑现", "撤回"]


def test_the_figures_leave_out_what_was_withdrawn():
    progress(commitment(due=date(2026, 6, 1)), date(2026, 5, 1), 120)
    progress(commitment(amount=None), date(2026, 5, 1), 70)
    commitment(state="withdrawn")
    commitment(kind="policy", amount=None, state="done", done_on=date(2026, 10, 1))
    sums = sums_of(lines_of(Commitment.objects.all()))
    assert (sums.total, sums.done, sums.late) == (3, 1, 1)
    assert (sums.promised, sums.delivered) == (Decimal(300), Decimal(120))


def test_tables_take_the_same_number_of_queries_for_one_and_for_many():
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            for line in lines_of(Commitment.objects.all()):
                assert line.schools_words and line.commitment.unit.called and line.commitment.latest
                assert line.delivered == 10 and line.receipts == []
        return len(caught)

    progress(commitment(schools=("阜阳师范大学",)), amount=10)
    few = cost()
    for _ in range(6):
        progress(commitment(schools=("阜阳师范大学", "安徽师范大学")), amount=10)
    assert cost() == few


def test_who_enters_for_the_department_is_asked_how_it_goes_when_the_day_comes_near():
    one = commitment(title="实训中心经费", due=date(2026, 12, 20))
    commitment(title="很久以后", due=date(2027, 12, 1))
    commitment("四川省教育厅", title="别省的", due=date(2026, 12, 1))
    liaison = make.actor(department_liaison())
    (todo,) = queries.waiting_for(liaison)
    assert (todo.verb, todo.title, todo.due) == ("更新进展", "实训中心经费", date(2026, 12, 20))
    assert todo.title in [one.title for one in todos(liaison)]
    progress(one, date(2026, 11, 20))
    assert queries.waiting_for(liaison) == []
    with clock.at(date(2026, 12, 28)):
        assert [one.about for one in queries.waiting_for(liaison)] == ["经费承诺，最近进展：首批经费已拨付"]


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_nobody_else_is_asked(persona):
    commitment(due=date(2026, 12, 1))
    assert queries.waiting_for(make.actor(persona)) == []


def test_a_paper_is_read_by_who_reads_the_commitment():
    one = commitment()
    stored = progress(one, file=_paper()).file
    assert visible_files(make.actor("liaison")).filter(pk=stored.pk).exists()
    for persona in ("ministry", "outsider", "administrator"):
        assert not visible_files(make.actor(persona)).filter(pk=stored.pk).exists()


def _paper():
    return StoredFile.objects.create(
        name="拨款通知.pdf", kind="paper", media_type="application/pdf", size=9, sha256="a" * 64,
        uploaded_at=clock.now(),
    )  # fmt: skip
