"""台账测量: the ledger of a year with a hundred thousand activities, of ten clusters beside one; the office's desk."""

import time
from datetime import timedelta
from statistics import median
from typing import Any

from .figure import Figure
from .inside import HOST, READER, asked
from .sample import TODAY

MANY, FEW = 100_000, 1_000
CLUSTERS, UNIVERSITIES = 10, 72
ROUNDS = 9


def of_a_cluster() -> list[Figure]:
    """The ledger of a cluster of 8, a year, 100,000 activities; 72 universities in ten clusters beside one."""
    one, ten = asked("ledger_year"), asked("ledger_clusters")
    return [
        Figure("whole ledger, 100,000 activities", one["milliseconds"], "ms", 150),
        Figure("queries of the whole ledger", one["queries"], "", 40),
        Figure(f"{UNIVERSITIES} universities, ratio to one cluster", ten["ratio"], "×", 12),
    ]


def desk() -> list[Figure]:
    """The desk of the cluster office with 100,000 activities, beside 1,000."""
    told = asked("office")
    return [
        Figure("desk, 100,000 activities, p50", told["many"], "ms", 60),
        Figure("desk, queries", told["queries"], "", 25),
        Figure("desk, ratio to 1,000 activities", told["ratio"], "×", 1.5),
        Figure("desk, difference of queries", told["difference"], "", 0),
    ]


# Inside: Django is set up, the home is a copy.


def _fill(wanted: int) -> None:
    """Multiply the sample's activities of this year, with units and leaders, until there are `wanted`.

    Spread evenly over the days of the year that are past, each reported as long after its end as its model was.
    """
    from datetime import date

    from tizhi.pipeline.activities.models import Activity, ActivityLeader, ActivityUnit

    first = date(2026, 1, 1)
    models = list(Activity.objects.filter(state="published", last_day__gte=first).prefetch_related("units", "leaders"))
    days = (date.fromisoformat(TODAY) - first).days - 20
    rows, sources = [], []
    for number in range(wanted - len(models)):
        source = models[number % len(models)]
        columns = {field.attname: getattr(source, field.attname) for field in Activity._meta.concrete_fields}
        moved = first + timedelta(days=number * 37 % days) - source.last_day
        shifted = {name: value + moved for name, value in columns.items() if isinstance(value, date)}
        rows.append(Activity(**{**columns, **shifted, "id": None, "title": f"{source.title}（{number}）"}))
        sources.append(source)
    made = Activity.objects.bulk_create(rows, batch_size=500)
    ActivityUnit.objects.bulk_create(
        (
            ActivityUnit(activity=row, unit_id=unit.unit_id, part=unit.part, order=unit.order)
            for row, source in zip(made, sources, strict=True)
            for unit in source.units.all()
        ),
        batch_size=2000,
    )
    ActivityLeader.objects.bulk_create(
        (
            ActivityLeader(
                activity=row, person_id=one.person_id, appointment_id=one.appointment_id, name=one.name,
                post_words=one.post_words, order=one.order,
            )
            for row, source in zip(made, sources, strict=True)
            for one in source.leaders.all()
        ),
        batch_size=2000,
    )  # fmt: skip


def _milliseconds(do: Any) -> float:
    do()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        do()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def ledger_year() -> dict[str, float]:
    """Time and queries of the whole ledger of 2026."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tizhi.base.kit.memory import remembered
    from tizhi.pipeline.obligations.queries import of_year
    from tizhi.pipeline.scheme.models import Cluster

    _fill(MANY)
    cluster = Cluster.objects.get()

    def whole() -> None:
        with remembered():
            [line.state for line in of_year(cluster, 2026).lines]

    with CaptureQueriesContext(connection) as seen:
        whole()
    return {"milliseconds": round(_milliseconds(whole), 1), "queries": len(seen)}


def ledger_clusters() -> dict[str, float]:
    """The ledgers of ten clusters with 72 universities, as a multiple of one cluster of eight."""
    from tests.scheme.writing import put, real, toml
    from tizhi.base.kit.actor import system
    from tizhi.base.kit.memory import remembered
    from tizhi.pipeline.obligations.queries import of_year
    from tizhi.pipeline.scheme.actions import apply_scheme
    from tizhi.pipeline.scheme.models import Cluster

    first = Cluster.objects.get()
    made = [first]
    for number in range(1, CLUSTERS):
        plan = real()
        put(plan, "cluster.id", f"cluster-{number}")
        put(plan, "cluster.name", f"第{number}组团")
        _rename(plan, number, schools=7 if number < CLUSTERS - 1 else 8)
        made.append(apply_scheme(system(), Cluster(key=f"cluster-{number}"), text=toml(plan)).cluster)

    def ledgers(of: list[Any]) -> None:
        for cluster in of:
            with remembered():
                of_year(cluster, 2026)

    one, all_of_them = _milliseconds(lambda: ledgers([first])), _milliseconds(lambda: ledgers(made))
    return {"ratio": round(all_of_them / one, 2), "one": round(one, 1)}


def _rename(plan: dict, number: int, schools: int) -> None:
    """Other universities of the same make; the last supported school is left out where there are to be seven."""
    for unit in plan["unit"]:
        if unit["kind"] == "university":
            unit.pop("code", None)
            unit["name"] = f"{unit['name']}第{number}校"
            unit.pop("short_name", None)
    if schools < 8:
        gone = "xcmzyz"
        plan["unit"] = [unit for unit in plan["unit"] if unit["id"] != gone]
        plan["pair"] = [pair for pair in plan["pair"] if pair["supported"] != gone]
        plan["conference"]["members"].remove(gone)


def office() -> dict[str, float]:
    """The desk with few and with many activities: server time and queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tizhi.base.accounts.models import User

    client = Client(**HOST)
    user = User.objects.get(username=READER)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def page() -> None:
        assert client.get("/").status_code == 200

    def measured() -> tuple[float, int]:
        page()
        with CaptureQueriesContext(connection) as seen:
            page()
        count = len(seen)  # now: the next request forgets them
        return _milliseconds(page), count

    _fill(FEW)
    few, asked_few = measured()
    _fill(MANY)
    many, asked_many = measured()
    return {
        "few": round(few, 1), "many": round(many, 1), "queries": asked_many, "ratio": round(many / few, 2),
        "difference": abs(asked_many - asked_few),
    }  # fmt: skip
