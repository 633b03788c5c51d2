"""写意见: keeps an expert's opinion as it is typed, changing only the rows that differ."""

from __future__ import annotations

from tizhi.base.kit.errors import require_sound

from . import rules
from .models import Assignment, Opinion, Point
from .rules import PointWord, Said, SectionWord


def said_by(assignment: Assignment) -> Said:
    """The opinion as it is kept; two queries."""
    sections = [SectionWord(one.section, one.verdict, one.text) for one in assignment.opinions.all()]
    points = sorted(assignment.points.all(), key=lambda one: (one.order, one.pk))
    kept = [PointWord(one.text, one.section, one.quote, one.weight) for one in points]
    return Said(assignment.verdict, assignment.summary, sections, kept)


def keep(assignment: Assignment, said: Said) -> Assignment:
    """Write the opinion, finished or not; RuleBroken when something in it is too long or not of this text."""
    require_sound(rules.faults_of_said(said, {key for key, _ in sections_of(assignment)}))
    _keep_sections(assignment, said)
    _keep_points(assignment, [one for one in said.points if one.text.strip() or one.quote.strip()])
    assignment.verdict, assignment.summary = said.verdict, said.summary.strip()
    assignment.save()
    return assignment


def require_whole(assignment: Assignment, said: Said) -> None:
    """RuleBroken with every field that is still missing."""
    faults = rules.missing(said, sections_of(assignment), assignment.review.reading)
    require_sound(faults, "还不能提交：")


def sections_of(assignment: Assignment) -> list[tuple[str, str]]:
    """Key and name of the sections of the text that is read."""
    return rules.sections_of(assignment.review.version_read.content)


def _keep_sections(assignment: Assignment, said: Said) -> None:
    kept = {one.section: one for one in assignment.opinions.all()}
    for word in said.sections:
        row = kept.pop(word.section, None)
        if row is None and not (word.verdict or word.text.strip()):
            continue
        row = row or Opinion(assignment=assignment, section=word.section)
        if row.pk is None or (row.verdict, row.text) != (word.verdict, word.text.strip()):
            row.verdict, row.text = word.verdict, word.text.strip()
            row.save()
    for row in kept.values():
        row.delete()


def _keep_points(assignment: Assignment, points: list[PointWord]) -> None:
    rows = sorted(assignment.points.all(), key=lambda one: (one.order, one.pk))
    for place, word in enumerate(points):
        row = rows[place] if place < len(rows) else Point(assignment=assignment)
        given = (word.text.strip(), word.section, word.quote.strip(), word.weight, place)
        if row.pk is None or (row.text, row.section, row.quote, row.weight, row.order) != given:
            row.text, row.section, row.quote, row.weight, row.order = given
            row.save()
    for row in rows[len(points) :]:
        row.delete()
