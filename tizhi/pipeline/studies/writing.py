"""填写调研: puts on a study what its writer typed. Lets pass what is unfinished, refuses what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken, require_sound
from tizhi.pipeline.directory.attending import Attendee, known, words_of
from tizhi.pipeline.scheme.models import Area, Unit

from . import queries, rules
from .models import Finding, Study, StudyMember

COLUMNS = frozenset({
    "school_id", "round", "mode", "title", "first_day", "last_day", "place", "purpose", "methods", "summary",
})  # fmt: skip
LINES = ("title", "place")
OF_FINDING = frozenset({"kind", "area_id", "text", "evidence"})


@dataclass(frozen=True)
class Companion:
    """Somebody of the team, and whether he went as an expert."""

    who: Attendee
    is_expert: bool = False


def fill(study: Study, given: Mapping[str, Any]) -> Study:
    """Save `given` on `study`: columns and `team` (Companion); what is not given stays.

    Raises RuleBroken, naming the fields, for what is wrong; TypeError for a key that is not written by hand.
    """
    columns = {name: value for name, value in given.items() if name != "team"}
    if unknown := columns.keys() - COLUMNS:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    for name, value in columns.items():
        setattr(study, name, value)
    _settle(study)
    faults = rules.faults(study, _schools(study), _helpers(study))
    if len(given.get("team", ())) > rules.MOST_TEAM:
        faults["members"] = f"调研组成员不超过{rules.MOST_TEAM}人，请核对"
    require_sound(faults)
    study.save()
    if "team" in given:
        _write_team(study, given["team"])
    return study


def _settle(study: Study) -> None:
    """A single day is both first and last; a title and a place are one line."""
    study.first_day = study.first_day or study.last_day
    study.last_day = study.last_day or study.first_day
    for name in LINES:
        setattr(study, name, " ".join(getattr(study, name).split()))
    study.methods = [one for one in rules.METHODS if one in study.methods] if _are_known(study) else study.methods


def _are_known(study: Study) -> bool:
    return set(study.methods) <= set(rules.METHODS)


def _schools(study: Study) -> set[int]:
    """The schools that may be studied: today's, and the one that stands there already."""
    there = {one.pk for one in queries.schools_of(study.cluster_id)}
    held = Study.objects.filter(pk=study.pk).values_list("school", flat=True) if study.pk else ()
    return there | set(held)


def _helpers(study: Study) -> set[int]:
    return set(queries.helpers_of(study.cluster_id)) | ({study.unit_id} if study.pk else set())


def finish(study: Study, *, by_brief: bool = False) -> Study:
    """Give a study without a title one, and see that nothing is missing before it stands. Raises RuleBroken."""
    require_sound(rules.missing(study, study.team.count(), clock.today(), by_brief=by_brief))
    if not study.title:
        names = dict(Unit.objects.filter(pk__in=(study.unit_id, study.school_id)).values_list("pk", "name"))
        study.title = rules.title_of(names[study.unit_id], names[study.school_id], study)
    return study


# Rows are written anew only when they differ: an autosave that changes a word leaves no trace on them.


def _write_team(study: Study, given: Sequence[Companion]) -> None:
    wanted = _resolved(study, given)
    held = list(study.team.values_list("appointment_id", "name", "post_words", "is_expert"))
    if held == [(one.appointment_id, one.name, one.post_words, one.is_expert) for one in wanted]:
        return
    study.team.all().delete()
    for place, row in enumerate(wanted):
        row.order = place
        row.save()


def _resolved(study: Study, given: Sequence[Companion]) -> list[StudyMember]:
    """Unsaved rows; whoever is named twice stands once, as an expert if he is one anywhere."""
    posts = known(study.cluster_id, study.last_day or clock.today(), [one.who for one in given])
    found: dict[object, StudyMember] = {}
    for one in given:
        held = posts.of(one.who)
        if held is None and (one.who.appointment_id or not one.who.name.strip()):
            raise RuleBroken("调研组成员有误。", {"members": "请从名单中选择，或者写明姓名和职务"})
        row = StudyMember(study=study, name=one.who.name, post_words=one.who.post_words, is_expert=one.is_expert)
        if held is not None:
            row.person, row.appointment = held.person, held
            row.name, row.post_words = held.person.name, words_of(held)[:120]
        key = row.person_id or (row.name, row.post_words)
        before = found.setdefault(key, row)
        if before is not row and one.is_expert:
            row.order, found[key] = before.order, row
    return list(found.values())


def fill_finding(finding: Finding, given: Mapping[str, Any]) -> Finding:
    """Save `given` on `finding`: the names of OF_FINDING. RuleBroken names the fields that are wrong."""
    if unknown := given.keys() - OF_FINDING:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    for name, value in given.items():
        setattr(finding, name, value)
    finding.text, finding.evidence = finding.text.strip(), " ".join(finding.evidence.split())
    faults = rules.faults_of_finding(finding)
    if finding.area_id is not None and not _has_area(finding.study.cluster_id, finding.area_id):
        faults["area"] = "请从本组团的重点内容中选择"
    require_sound(faults)
    finding.save()
    return finding


def _has_area(cluster: int, area: int) -> bool:
    return Area.objects.filter(cluster=cluster, pk=area).exists()
