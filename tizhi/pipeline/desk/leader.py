"""负责同志一页: what one leader owes this year, where to go next, what waits for a signature; it prints on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.directory.actors import actor_in
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import held_in, in_office
from tizhi.pipeline.obligations import queries as obligations
from tizhi.pipeline.obligations.ledger import Line
from tizhi.pipeline.scheme.models import Cluster

from .queries import todos


@dataclass(frozen=True)
class LeaderPage:
    """Everything about one leader in one post: duties that name the post, the unit's others, trips, papers."""

    held: Appointment
    year: int
    own: Sequence[Line]
    unit: Sequence[Line]
    trips: Sequence[PlannedItem]
    papers: Sequence[Todo]
    today: date


def leaders_seen_by(actor: Actor) -> list[Appointment]:
    """The leaders whose page `actor` may open: itself, whom it assists, those of its unit whose people it keeps; the
    secretariat all of the cluster's. A leader is who may sign for a unit and does not keep its people.
    """
    if actor.cluster_id is None:
        return []
    today = clock.today()
    running = [one for one in in_office(actor.cluster_id) if one.post_id and one.holds_on(today) and is_leader(one)]
    assisted = {one.appointment_id for one in actor.principals}

    def opens(one: Appointment) -> bool:
        is_near = one.pk == actor.appointment_id or one.pk in assisted
        keeps = actor.has("people-unit") and one.unit_id == actor.unit_id
        return is_near or keeps or actor.has("secretariat")

    found = [one for one in running if opens(one)]
    return sorted(found, key=lambda one: (one.unit_id or 0, one.post.rank if one.post else 9, one.pk))


def is_leader(held: Appointment) -> bool:
    """Whether the post signs for its unit without keeping its people: 书记, 校长, 分管校领导, 教育厅分管同志."""
    return "approve-unit" in held.powers and "people-unit" not in held.powers


def leader_page(cluster: Cluster, held: Appointment) -> LeaderPage:
    """The page of `held`, read as that leader would read it."""
    actor = actor_in(held)
    ledger = obligations.of_year(cluster, clock.today().year)
    owed = [line for line in ledger.lines if line.who.unit_id == held.unit_id and not line.who.is_body]
    own = [line for line in owed if line.rule.evidence.post == (held.post.key if held.post else "")]
    rest = obligations.owed_by(obligations.of_now(cluster), [held.unit_id] if held.unit_id else [])
    return LeaderPage(
        held=held,
        year=clock.today().year,
        own=own,
        unit=[line for line in obligations.pressing(rest) if line.key not in {one.key for one in own}],
        trips=agenda.trips_of(actor, held.person_id, clock.today()),
        papers=[todo for todo in todos(actor) if todo.verb in ("审签", "签发", "确认代录")],
        today=clock.today(),
    )


def held_of(actor: Actor, pk: int) -> Appointment | None:
    """The leader of that appointment, if `actor` may open the page."""
    if pk not in {one.pk for one in leaders_seen_by(actor)}:
        return None
    return held_in(actor.cluster_id or 0).get(pk=pk)
