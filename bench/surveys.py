"""问卷测量: ten thousand answers of thirty questions, read from the database and summed up."""

import random
import time
from statistics import median
from typing import Any

from .figure import Figure
from .inside import HOST, asked

ANSWERS, QUESTIONS = 10_000, 30
ROUNDS = 5
KINDS = ("single", "multiple", "scale", "matrix", "number", "text")


def summarised() -> list[Figure]:
    """10,000 answers of 30 questions (five of each kind) read and summed up, and the whole page of results."""
    told = asked("survey")
    return [
        Figure("10,000 answers of 30 questions", told["summary"], "s", 1),
        Figure("page of the results", told["page"], "s", 1.5),
        Figure("queries of the page", told["queries"], "", 20),
    ]


# Inside: Django is set up, the home is a copy.


def _form() -> dict[str, Any]:
    options = [{"id": f"a{place}", "text": f"选项{place}"} for place in range(1, 6)]
    rows = [{"id": f"a{place}", "text": f"第{place}行"} for place in range(1, 4)]
    questions = []
    for place in range(QUESTIONS):
        kind = KINDS[place % len(KINDS)]
        own = {"options": options} if kind in ("single", "multiple", "matrix") else {}
        own |= {"rows": rows} if kind == "matrix" else {}
        questions.append({"id": f"q{place + 1}", "kind": kind, "title": f"题目{place + 1}", **own})
    return {"pages": [{"id": "p1", "title": "", "questions": questions}]}


def _answers(form: dict[str, Any], pick: random.Random) -> dict[str, Any]:
    keys = [f"a{place}" for place in range(1, 6)]
    make = {
        "single": lambda: pick.choice(keys),
        "multiple": lambda: pick.sample(keys, pick.randint(1, 3)),
        "scale": lambda: pick.randint(1, 5),
        "matrix": lambda: {f"a{row}": pick.choice(keys) for row in range(1, 4)},
        "number": lambda: pick.randint(0, 400),
        "text": lambda: "希望多组织跨校集体备课和示范课",
    }
    # One in twenty questions is left out.
    return {one["id"]: make[one["kind"]]() for one in form["pages"][0]["questions"] if pick.random() > 0.05}


def survey() -> dict[str, float]:
    """The time of the summary and of its page, and the page's queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from tizhi.base.accounts.models import User
    from tizhi.pipeline.surveys.form import form_of
    from tizhi.pipeline.surveys.models import Response, Survey
    from tizhi.pipeline.surveys.queries import answers_of
    from tizhi.pipeline.surveys.results import summarise

    pick, form, now = random.Random(1), _form(), timezone.now()
    one = Survey.objects.filter(unit__name="安徽师范大学").first()
    one.pk, one.form, one.secret, one.state = None, form, "bench", "open"
    one.save()
    Response.objects.bulk_create(
        (
            Response(
                survey=one, secret=f"bench{number}", answers=_answers(form, pick), began_at=now, saved_at=now,
                submitted_at=now,
            )
            for number in range(ANSWERS)
        ),
        batch_size=500,
    )  # fmt: skip
    client = Client(**HOST)
    client.force_login(
        User.objects.get(username="ahnu-liaison"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    path = f"/surveys/{one.pk}/results/"
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    queries = len(seen)  # now: the next request forgets them
    return {
        "summary": _seconds(lambda: summarise(form_of(form), answers_of(one)).summaries()),
        "page": _seconds(lambda: client.get(path)),
        "queries": queries,
    }


def _seconds(do: Any) -> float:
    do()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        do()
        times.append(time.perf_counter() - started)
    return round(median(times), 3)
