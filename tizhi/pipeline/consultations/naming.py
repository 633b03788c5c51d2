"""须隐去的名称: everybody on the directory of a cluster, and its units under every name they bear or bore."""

from __future__ import annotations

from collections.abc import Mapping

from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Cluster, Unit, UnitName
from tizhi.pipeline.scheme.standing import standing

from .anonymising import Name, anonymised, names, sentence, still_named
from .models import Consultation

FIELDS: Mapping[str, str] = {"case_title": "标题", "case_text": "问题", "case_advice": "建议"}


def names_of(cluster: Cluster | int) -> list[Name]:
    """What must not stand in a case: the people of the cluster, past ones too, and its units; four queries."""
    units = [one.unit for one in standing(cluster).members]
    people = set(Person.objects.filter(unit__in=units).values_list("name", flat=True))
    people |= set(Appointment.objects.filter(cluster=cluster).values_list("person__name", flat=True))
    schools = [one for one in units if one.kind == Unit.Kind.UNIVERSITY]
    others = [one for one in units if one.kind == Unit.Kind.DEPARTMENT]
    former = dict(UnitName.objects.filter(unit__in=units).values_list("name", "unit"))
    of_schools = {one.pk for one in schools}
    return names(
        people,
        {*_called(schools), *(name for name, unit in former.items() if unit in of_schools)},
        {*_called(others), *(name for name, unit in former.items() if unit not in of_schools)},
    )


def _called(units: list[Unit]) -> set[str]:
    return {name for one in units for name in (one.name, one.short_name) if name}


def proposal(consultation: Consultation, known: list[Name]) -> dict[str, str]:
    """The text of the case as it could stand in the base: what was written, without names."""
    text = consultation.text
    if consultation.wanted:
        text = f"{text}\n\n希望得到的帮助：{consultation.wanted}"
    given = {"case_title": consultation.title, "case_text": text, "case_advice": consultation.advice}
    return {name: anonymised(value, known) for name, value in given.items()}


def faults_of_names(given: Mapping[str, str], known: list[Name]) -> dict[str, str]:
    """A sentence for each part in which a name still stands."""
    found = {name: still_named(given.get(name, ""), known) for name in FIELDS}
    return {name: sentence(FIELDS[name], these) for name, these in found.items() if these}
