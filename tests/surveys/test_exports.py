"""答卷文件: few answers are sent at once, many are written by a job, for who may read the results, for a day."""

import io
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import make
from tizhi.base.jobs.models import Run
from tizhi.base.jobs.queue import work_off
from tizhi.base.kit import clock
from tizhi.pipeline.surveys.exporting import AT_ONCE
from tizhi.pipeline.surveys.jobs import forget_exports
from tizhi.pipeline.surveys.models import Export, Response, Survey

from .building import answered, many, survey

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 11, 23, 12))


@pytest.fixture
def large():
    """A survey of one answer more than is written at once."""
    one = survey(title="教师问卷")
    with clock.at(NOON - timedelta(hours=1)):  # so many at once would be refused
        told = answered(one)
    Response.objects.bulk_create(
        Response(
            survey=one, secret=f"many{number}", answers=told.answers, began_at=told.began_at, saved_at=told.saved_at,
            submitted_at=told.submitted_at,
        )
        for number in range(AT_ONCE[Export.Kind.EXCEL])
    )  # fmt: skip
    return one


def _reader(persona="liaison"):
    return make.signed_in(Client(), persona)


def _page(one, kind="excel"):
    return f"/surveys/{one.pk}/results/making/{kind}/"


def _file(one, kind="excel"):
    return f"/surveys/{one.pk}/results/made/{kind}/"


def _rows(answer):
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_few_answers_are_sent_at_once():
    one = survey()
    many(one, 2)
    for kind in ("excel", "spss"):
        assert "attachment" in _reader().get(f"/surveys/{one.pk}/results/{kind}/")["Content-Disposition"]
    assert not Run.objects.exists()


def test_many_answers_are_written_by_a_job_that_is_watched_and_fetched(large):
    reader = _reader()
    led = reader.get(f"/surveys/{large.pk}/results/excel/")
    assert (led.status_code, led["Location"]) == (302, _page(large))
    assert "开始生成" in reader.get(_page(large)).content.decode()
    assert reader.get(_file(large))["Location"] == _page(large), "there is none yet"

    assert reader.post(_page(large)).status_code == 302
    text = reader.get(_page(large)).content.decode()
    assert "等待办理" in text and "every 2s" in text and "开始生成" not in text
    assert work_off() == 1

    text = reader.get(_page(large)).content.decode()
    assert "文件已生成，内容截至" in text and _file(large) in text and "every 2s" not in text
    sent = reader.get(_file(large))
    assert "20261123.xlsx" in sent["Content-Disposition"]
    assert len(_rows(sent)) == 1 + AT_ONCE[Export.Kind.EXCEL] + 1


def test_spss_of_as_many_is_still_sent_at_once_and_may_be_made_by_a_job_too(large):
    reader = _reader()
    at_once = reader.get(f"/surveys/{large.pk}/results/spss/")
    assert at_once.status_code == 200
    reader.post(_page(large, "spss"))
    work_off()
    # The two differ in the second they were written, which stands in the head of the file.
    assert len(reader.get(_file(large, "spss")).content) == len(at_once.content)


def test_who_may_read_the_results_fetches_the_file_whoever_asked_and_nobody_else(large):
    _reader().post(_page(large))
    work_off()
    assert _reader("secretariat").get(_file(large)).status_code == 200
    for persona in ("supported-school", "expert", "outsider", "administrator"):
        assert _reader(persona).get(_file(large)).status_code == 404, persona
        assert _reader(persona).post(_page(large)).status_code == 404, persona
    Survey.objects.update(state="draft")
    assert _reader().get(_file(large)).status_code == 404
    assert _reader().get(_page(survey(), "pdf")).status_code == 404


def test_asked_twice_it_is_made_once_and_anew_when_asked_again(large):
    _reader().post(_page(large))
    _reader("secretariat").post(_page(large))
    assert work_off() == 1
    before = len(_rows(_reader().get(_file(large))))

    answered(large)
    assert len(_rows(_reader().get(_file(large)))) == before, "it is as of when it was made"
    _reader().post(_page(large))
    assert _reader().get(_file(large)).status_code == 302, "the old one is gone"
    work_off()
    assert len(_rows(_reader().get(_file(large)))) == before + 1
    assert Export.objects.count() == 1


def test_a_file_that_cannot_be_made_says_so_and_may_be_asked_for_again(large):
    sound = large.form
    Survey.objects.filter(pk=large.pk).update(form={"pages": [{"id": "p1", "questions": [{"id": "q1"}]}]})
    _reader().post(_page(large))
    work_off()
    assert "第1次未成功，将自动重试。" in _reader().get(_page(large)).content.decode()
    with clock.at(NOON + timedelta(minutes=2)):
        work_off()
    text = _reader().get(_page(large)).content.decode()
    assert "多次办理未成功，请联系系统管理员。" in text and "重新生成" in text and "every 2s" not in text
    assert _reader().get(_file(large)).status_code == 302

    Survey.objects.filter(pk=large.pk).update(form=sound)
    _reader().post(_page(large))
    work_off()
    assert "文件已生成" in _reader().get(_page(large)).content.decode()


def test_a_day_later_the_file_is_forgotten(large):
    with clock.at(NOON):
        _reader().post(_page(large))
        work_off()
    with clock.at(NOON + timedelta(hours=23)):
        assert forget_exports.call() == 0
    with clock.at(NOON + timedelta(hours=25)):
        assert forget_exports.call() == 1
        assert _reader().get(_file(large))["Location"] == _page(large)
        assert "开始生成" in _reader().get(_page(large)).content.decode()


def test_what_was_forgotten_before_its_turn_is_not_made(large):
    _reader().post(_page(large))
    Export.objects.all().delete()
    assert work_off() == 1
    assert not Export.objects.exists()


def test_a_job_whose_row_is_gone_leaves_no_page_waiting(large):
    _reader().post(_page(large))
    Run.objects.all().delete()
    text = _reader().get(_page(large)).content.decode()
    assert "文件没有生成成功，请重新生成。" in text and "every 2s" not in text
