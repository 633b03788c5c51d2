"""示例问卷: two of them, with 300 answers in all."""

import pytest

from tizhi.pipeline.surveys import queries
from tizhi.pipeline.surveys.form import form_of
from tizhi.pipeline.surveys.models import Response, Survey
from tizhi.pipeline.surveys.results import summarise

pytestmark = pytest.mark.django_db


def test_two_questionnaires_are_answered_by_three_hundred(sample):
    closed, running = Survey.objects.order_by("pk")
    assert (closed.state, running.state) == ("closed", "open")
    assert Response.objects.filter(submitted_at__isnull=False).count() == 300 == Response.objects.count()
    assert sum(one.open for one in queries.by_unit(running)) == 44
    for survey in (closed, running):
        for one in summarise(form_of(survey.form), queries.answers_of(survey)).summaries():
            assert one.answered > 10, one.question.title
