"""到场负责同志: finds the appointment behind a name, so that a visit counts for the post held on that day [四(五)2]."""

from __future__ import annotations

from collections.abc import Sequence

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory.attending import Attendee, Known, known, words_of

from .models import Activity, ActivityLeader

Leader = Attendee
__all__ = ["Leader", "resolved", "words_of"]


def resolved(activity: Activity, given: Sequence[Leader]) -> list[ActivityLeader]:
    """Unsaved rows of `given`; a name that one person of the cluster alone bears stands for that person's post.

    Raises RuleBroken for an appointment of another cluster and for nobody's name.
    """
    held = known(activity.cluster_id, activity.last_day or clock.today(), given)
    return [_row(activity, one, held) for one in given]


def _row(activity: Activity, given: Leader, known_posts: Known) -> ActivityLeader:
    held = known_posts.of(given)
    if held is not None:
        return ActivityLeader(
            activity=activity, person=held.person, appointment=held, name=held.person.name, post_words=words_of(held)
        )
    if given.appointment_id or not given.name.strip():
        raise RuleBroken("到场负责同志有误。", {"leaders": "请从名单中选择，或者写明姓名和职务"})
    return ActivityLeader(activity=activity, name=given.name, post_words=given.post_words)
