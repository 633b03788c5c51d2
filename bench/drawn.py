"""架构图测量: how long the plan's two figures take for a cluster of 30 universities, from the rows to SVG and PNG."""

import time
from statistics import median
from typing import Any

from . import inside
from .figure import Figure

ROUNDS = 5


def both_figures() -> list[Figure]:
    """Both figures of the work plan for 30 universities with all seats filled: read and drawn, as SVG and as PNG."""
    told = inside.asked("drawn")
    assert told["universities"] == 30
    return [
        Figure("both figures of 30 universities, SVG", told["svg"], "ms", 300),
        Figure("both figures of 30 universities, PNG", told["png"], "ms", 1500),
    ]


# Inside: Django is set up, the home is a copy.


def drawn() -> dict[str, float]:
    """Milliseconds from the rows to the text of both SVG files, and to the bytes of both PNG files."""
    from tests.make import cluster_of
    from tests.scheme.thirty import thirty_text
    from tizhi.base.documents.drawing.png import write_png
    from tizhi.base.documents.drawing.svg import file_svg
    from tizhi.base.kit import clock
    from tizhi.pipeline.directory.figures import FIGURES
    from tizhi.pipeline.directory.figures.structure import structure

    cluster = cluster_of("thirty", thirty_text())
    _fill(cluster)
    day = clock.today()

    def milliseconds(write: Any) -> float:
        times = []
        for _ in range(ROUNDS + 1):
            started = time.perf_counter()
            found = structure(cluster, day)
            written = [write(kind.draw(found)) for kind in FIGURES.values()]
            times.append((time.perf_counter() - started) * 1000)
            assert all(len(one) > 10_000 for one in written)
        return round(median(times[1:]), 1)

    return {
        "svg": milliseconds(file_svg),
        "png": milliseconds(write_png),
        "universities": structure(cluster, day).universities,
    }


def _fill(cluster: Any) -> None:
    """Somebody in every seat."""
    from tizhi.base.kit import clock
    from tizhi.pipeline.directory.models import Appointment, Person
    from tizhi.pipeline.directory.queries import seats_of_bodies

    standing = seats_of_bodies(cluster, clock.today())
    lead = cluster.members.first().unit
    seats = [holding.of for one in standing for holding in one.seats for _ in range(holding.missing)]
    people = [Person(name=f"示例·甲{nth}", unit=seat.unit or seat.body.unit or lead) for nth, seat in enumerate(seats)]
    Person.objects.bulk_create(people)
    Appointment.objects.bulk_create(
        Appointment(cluster=cluster, person=person, seat=seat, begins=cluster.starts)
        for person, seat in zip(people, seats, strict=True)
    )
