"""调研与动态: reporting a study and recording it are one entry – the brief fills the study, or is drafted with it."""

from __future__ import annotations

from typing import Any

from tizhi.base.audit.queries import changed_since
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.models import Area, Member, Unit
from tizhi.pipeline.scheme.terms import STUDY_ROUNDS
from tizhi.pipeline.studies import actions as studying
from tizhi.pipeline.studies import queries as studies
from tizhi.pipeline.studies.models import Study
from tizhi.pipeline.studies.writing import Companion

from .kinds import FIELD_STUDY
from .leaders import Leader
from .models import Activity, ActivityUnit
from .writing import Part

# The facts of a study that a brief calls otherwise.
FIELDS_OF_STUDY = {"stage": "round"}
# The name of the choice of the school, where a brief of a study speaks of several.
SCHOOL = "studied"


# From the brief to the study


def is_of_study(activity: Activity) -> bool:
    """Whether the brief tells of a study of one of the scheme's rounds, led by the unit that reports it."""
    return (
        activity.kind == FIELD_STUDY.code
        and activity.stage in STUDY_ROUNDS
        and activity.last_day is not None
        and activity.unit_id in studies.helpers_of(activity.cluster_id)
    )


def schools_in(activity: Activity) -> list[Unit]:
    """The supported schools that take part in the brief's activity: one of them was studied."""
    taking_part = set(activity.units.values_list("unit_id", flat=True))
    return [one for one in studies.schools_of(activity.cluster_id) if one.pk in taking_part]


def unclear(activity: Activity) -> dict[str, str]:
    """The question which school was studied, at its field, where several take part in the brief of a study."""
    if activity.study_id or not is_of_study(activity) or len(schools_in(activity)) < 2:
        return {}
    return {SCHOOL: "参与单位中有几所重点支持院校，请选择受调研院校"}


def record_of(actor: Actor, activity: Activity, school: int | None) -> Study | None:
    """The study that the brief tells of: the one that lies there already, else a new one; None when it tells of none.

    With everything in it that the brief says, so that only findings and report remain to be added. Sent once more, a
    brief that was changed puts its study right.
    RuleBroken when several schools take part and none of them is named (`school`).
    """
    if not is_of_study(activity):
        return None
    if activity.study is not None:
        return _put_right(actor, activity, activity.study)
    schools = schools_in(activity)
    if school is not None and school not in {one.pk for one in schools}:
        raise RuleBroken("请从参与单位中选择受调研院校。", {SCHOOL: "请从参与单位中选择受调研院校"})
    if school is None and (asked := unclear(activity)):
        raise RuleBroken("；".join(asked.values()) + "。", asked)
    if not schools:
        return None
    chosen = school or schools[0].pk
    return _lying_there(activity, chosen) or _recorded(actor, activity, chosen)


def _lying_there(activity: Activity, school: int) -> Study | None:
    """A study of the same days, school and round that no brief tells of yet."""
    same = Study.objects.filter(
        cluster=activity.cluster_id, unit=activity.unit_id, school=school, round=activity.stage, binned_at=None,
        first_day__lte=activity.last_day, last_day__gte=activity.first_day,
    )  # fmt: skip
    told = Activity.objects.filter(study__isnull=False, binned_at=None).values("study")
    return same.exclude(pk__in=told).order_by("pk").first()


def _recorded(actor: Actor, activity: Activity, school: int) -> Study:
    member = Member.objects.filter(cluster=activity.cluster_id, unit=activity.unit_id).order_by("-pk")[0]
    study: Study = studying.start_study(actor, member, **_told(activity, school), school_id=school)
    recorded: Study = studying.record_study(actor, study, by_brief=True)
    return recorded


def _put_right(actor: Actor, activity: Activity, study: Study) -> Study:
    """When, where and how are the same in both: what was changed in the brief since it was sent is so in the study."""
    changed = {FIELDS_OF_STUDY.get(name, name) for name in changed_since(activity, "activities.send")}
    told = {name: value for name, value in _facts(activity).items() if name in changed}
    if not told:
        return study
    saved: Study = studying.save_study(actor, study, by_brief=True, **told)
    return saved


def _facts(activity: Activity) -> dict[str, Any]:
    return {
        "round": activity.stage, "mode": activity.mode, "first_day": activity.first_day,
        "last_day": activity.last_day, "place": activity.place,
    }  # fmt: skip


def _told(activity: Activity, school: int) -> dict[str, Any]:
    """What the brief says of the study: the leaders who came to the school are its team, those of experts' bodies as
    experts.
    """
    leaders = activity.leaders.select_related("appointment__post", "appointment__seat")
    return {
        **_facts(activity), "title": activity.title,
        "team": [
            Companion(
                Leader(one.name, one.post_words, one.appointment_id),
                is_expert=one.appointment is not None and "expert" in one.appointment.powers,
            )
            for one in leaders
            if one.appointment is None or one.appointment.unit_id != school
        ],
    }  # fmt: skip


# From the study to the brief


def told_by(study: Study) -> dict[str, Any]:
    """What the draft brief of a study takes over, as `writing.fill` reads it."""
    team = list(study.team.select_related("appointment__post"))
    return {
        "kind": FIELD_STUDY.code, "title": study.title, "first_day": study.first_day, "last_day": study.last_day,
        "place": study.place, "mode": study.mode, "stage": study.round, "text": study.summary,
        "area_id": _area(study), "details": {"team": len(team)},
        "units": [Part(study.unit_id, ActivityUnit.Part.VISITOR), Part(study.school_id, ActivityUnit.Part.HOST)],
        "leaders": [
            Leader(one.name, one.post_words, one.appointment_id)
            for one in team
            if one.appointment is None or one.appointment.post is not None or one.is_expert
        ],
    }  # fmt: skip


def _area(study: Study) -> int | None:
    """The area of most of its findings; none while there are none."""
    found = [pk for pk in study.findings.order_by("order", "pk").values_list("area", flat=True) if pk is not None]
    open_areas = set(Area.objects.filter(cluster=study.cluster_id, is_open=True).values_list("pk", flat=True))
    return max((pk for pk in found if pk in open_areas), key=found.count, default=None)
