"""内部测量: what can only be counted inside the application – queries, fields, the making of a report.

Each measure runs in a process of its own on a copy of the sample: `python -m bench.inside NAME` prints JSON.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from . import sample
from .figure import Figure

READER = "office-director"
WRITER = "ahnu-liaison"
FEW, MANY = 40, 4000
QUARTER = 400
HOST = {"HTTP_HOST": "127.0.0.1"}


def usual_brief() -> list[Figure]:
    """Fields that a liaison touches for a usual training brief: what is required and not proposed, and a photo."""
    return [Figure("fields typed for a usual brief", asked("fields")["fields"], "项", 12)]


def queries_of_pages() -> list[Figure]:
    """Queries of list, record and desk with few and with many activities."""
    told = asked("queries")
    found = []
    for page, (few, many) in told.items():
        # The desk holds the ledger since: its own target is that of row L1.
        most = 25 if page == "desk" else 20
        found.append(Figure(f"queries, {page}, {FEW} activities", few, "", most))
        found.append(Figure(f"queries, {page}, {MANY} activities", many, "", most))
        found.append(Figure(f"difference, {page}", abs(many - few), "", 0))
    return found


def quarter_to_word() -> list[Figure]:
    """A quarter of 400 activities composed and written to Word."""
    told = asked("quarter")
    assert told["activities"] == QUARTER
    return [Figure(f"compose and write {QUARTER} activities to Word", told["seconds"], "s", 3)]


def asked(name: str) -> dict[str, Any]:
    """What the function of that name answers in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="tizhi-bench-") as place:
        home = Path(place) / "home"
        shutil.copytree(sample.home(), home)
        done = subprocess.run(
            [sys.executable, "-m", "bench.inside", name], cwd=sample.ROOT, check=True, capture_output=True, text=True,
            env=sample.environment(home, DJANGO_SETTINGS_MODULE="tizhi.config.settings"),
        )  # fmt: skip
    return json.loads(done.stdout)


# Inside: Django is set up, the home is a copy.


def _client(username: str) -> Any:
    from django.test import Client

    from tizhi.base.accounts.models import User

    client = Client(**HOST)
    client.force_login(
        User.objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def fields() -> dict[str, int]:
    """What the form proposes is left; what is still missing when it is sent has to be typed."""
    from tizhi.base.kit import clock
    from tizhi.pipeline.activities import rules
    from tizhi.pipeline.activities.models import Activity

    page = _client(WRITER).get("/activities/new/")
    form, today = page.context["form"], clock.today()
    proposed = Activity(
        kind="training", mode=form["mode"].value(), first_day=form["first_day"].value(), last_day=today, details={}
    )
    units = len(form["units"].value() or ())
    typed = rules.missing(proposed, units, today)
    # A photo and a leader are usual, though not required; the area is proposed by the title.
    return {"fields": len([name for name in typed if name != "area"]) + 2}


def queries() -> dict[str, tuple[int, int]]:
    """Queries of each page with few and with many activities."""
    from tizhi.pipeline.activities.models import Activity

    published = Activity.objects.filter(state=Activity.State.PUBLISHED)
    chosen = published.order_by("pk").values_list("pk", flat=True)
    Activity.objects.exclude(pk__in=list(chosen[:FEW])).update(binned_at="2026-01-01T00:00Z", state="draft")
    record = chosen[0]
    pages = {"list": "/activities/", "record": f"/activities/{record}/", "desk": "/"}
    few = {name: _count(path) for name, path in pages.items()}
    _multiply(record, MANY - FEW)
    return {name: (few[name], _count(path)) for name, path in pages.items()}


def _count(path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(READER)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def _multiply(pk: int, times: int) -> None:
    from tizhi.pipeline.activities.models import Activity, ActivityUnit

    model = Activity.objects.get(pk=pk)
    units = list(ActivityUnit.objects.filter(activity=model))
    rows = []
    for number in range(times):
        row = Activity(**{**_columns(model), "title": f"{model.title}（{number}）"})
        row.last_day = model.last_day - timedelta(days=number % 300)
        row.first_day = row.last_day
        rows.append(row)
    made = Activity.objects.bulk_create(rows)
    ActivityUnit.objects.bulk_create(
        ActivityUnit(activity=row, unit_id=unit.unit_id, part=unit.part) for row in made for unit in units
    )


def _columns(model: Any) -> dict[str, Any]:
    return {field.attname: getattr(model, field.attname) for field in model._meta.concrete_fields if field.name != "id"}


def quarter() -> dict[str, float]:
    """The seconds from the rows to the bytes of the Word file."""
    from tizhi.base.documents.word import write_word
    from tizhi.base.kit.periods import parse
    from tizhi.pipeline.activities.models import Activity
    from tizhi.pipeline.reports.compiled import from_data
    from tizhi.pipeline.scheme.models import Cluster

    cluster, period = Cluster.objects.get(), parse("2026Q4")
    published = Activity.objects.filter(state=Activity.State.PUBLISHED)
    latest = published.latest("last_day").pk
    Activity.objects.exclude(pk=latest).update(binned_at="2026-01-01T00:00Z", state="draft")
    _multiply(latest, QUARTER - 1)
    published.update(first_day=period.first, last_day=period.first)
    started = time.perf_counter()
    made = from_data(cluster, period)
    content = write_word(made.document)
    seconds = round(time.perf_counter() - started, 2)
    assert len(content) > 10_000
    return {"seconds": seconds, "activities": len(made.facts.records)}  # type: ignore[union-attr]


if __name__ == "__main__":
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from bench.drawn import drawn
    from bench.ledger import ledger_clusters, ledger_year, office
    from bench.papers import papers
    from bench.surveys import survey
    from bench.wordings import wordings
    from tizhi.config.readiness import collect_assets

    setup_test_environment()
    collect_assets()
    measures = (fields, queries, quarter, drawn, ledger_year, ledger_clusters, office, survey, wordings, papers)
    print(json.dumps({one.__name__: one for one in measures}[sys.argv[1]](), ensure_ascii=False))
