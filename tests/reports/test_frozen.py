"""An issued report stands for ever: its text, its figures, its file and its hash; later data show as a difference."""

from datetime import date

import pytest

from tests import make
from tests.filings.test_actions import entry_of
from tests.reports.quarter import Q2, Q3, brief, drafted, issued, office, quarter, signer
from tizhi.base.documents.plain import write_plain
from tizhi.base.documents.word import write_word
from tizhi.base.kit import clock
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.reports import actions, explaining, queries
from tizhi.pipeline.reports.compiled import seal
from tizhi.pipeline.reports.models import Report

pytestmark = pytest.mark.django_db


def printed() -> tuple[bytes, str, list]:
    """The file, the hash and the figures of the issued report, read anew."""
    whole = queries.compile_report(make.bnu(), Q3)
    return write_word(whole.document), whole.report.sha256, whole.values.summary()


def change_everything(made: list[Activity]) -> None:
    Activity.objects.filter(pk=made[0].pk).update(state="returned")
    Activity.objects.filter(pk=made[1].pk).update(title="改了题目", details={"trainees": 999, "hours": 1})
    brief("后来接收的", date(2026, 9, 2))
    made[2].unit.name = "安徽师范大学（新校名）"
    made[2].unit.save()
    entry_of("阜阳师范大学", state="handed-in", sent_at=clock.now())


def test_later_data_change_neither_the_file_nor_its_hash_nor_its_figures():
    made = quarter(6)
    report = issued()
    before = printed()
    change_everything(made)
    with clock.at(date(2027, 5, 1)):
        assert printed() == before
    report.refresh_from_db()
    assert seal(report) == report.sha256


def test_the_hash_tells_a_frozen_text_from_a_changed_one():
    quarter(2)
    report = issued()
    report.frozen = report.frozen.replace("2026年第三季度", "2026年第二季度", 1)
    assert seal(report) != report.sha256


def test_what_changed_since_is_listed():
    made = quarter(6)
    report = issued()
    assert not queries.changed_since_issue(report)
    change_everything(made)
    changes = queries.changed_since_issue(Report.objects.get(pk=report.pk))
    assert [named.title for named in changes.added] == ["后来接收的"]
    assert [named.title for named in changes.gone] == ["实地调研阜阳师范大学"]
    assert ("实地调研次数", "1", "0") in [(one.label, one.then, one.now) for one in changes.figures]


def test_from_checking_on_text_and_figures_stand_still():
    made = quarter(4)
    report = actions.submit_for_check(office(), drafted())
    change_everything(made)
    whole = queries.compile_report(make.bnu(), Q3)
    assert whole.values.by_key["activities"].number == 4
    report = actions.issue(
        office(),
        actions.sign(signer(), actions.check(office(), report)),
        number="师教组〔2026〕3号",
        issued_on=date(2026, 10, 20),
    )
    text = write_plain(queries.compile_report(make.bnu(), Q3).document)
    assert "师教组〔2026〕3号" in text and "2026年10月20日" in text and "改了题目" not in text
    assert report.sha256 == seal(report)


def test_a_frozen_figure_still_explains_itself():
    made = quarter(3)
    issued()
    change_everything(made)
    whole = queries.compile_report(make.bnu(), Q3)
    seen = explaining.explanation(office(), whole, "kind-training-trainees")
    assert sum(line.amount for line in seen.lines) == seen.value.number == 11 + 12
    assert [line.words for line in seen.lines] == ["骨干教师研修班第1期", "骨干教师研修班第2期"]
    (single,) = explaining.explanation(office(), whole, "kind-training-trainees·2").lines
    assert single.amount == 11


def test_a_figure_is_shown_beside_what_it_was_before():
    make.bnu()
    brief("二季度", date(2026, 5, 5))
    issued(Q2, "2号")
    quarter(3)
    seen = explaining.explanation(office(), queries.compile_report(make.bnu(), Q3), "activities")
    assert seen.earlier == (("上期", "1"),)


def test_a_renamed_school_is_called_as_it_was_called_then():
    quarter(1)
    school = make.unit("阜阳师范大学")
    school.former_names.create(name="阜阳师范学院", until=date(2026, 8, 1))
    text = write_plain(queries.compile_report(make.bnu(), Q3).document)
    assert "安徽师范大学到阜阳师范学院开展" in text
