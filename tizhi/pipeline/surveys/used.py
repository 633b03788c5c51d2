"""用到的选项: what was already chosen by somebody, half-way answers included."""

from __future__ import annotations

from . import queries
from .models import Survey


def used(survey: Survey) -> dict[str, set[str]]:
    """By question what was chosen: options, and rows of a matrix as `row:…`; figures and texts leave an empty set."""
    found: dict[str, set[str]] = {}
    for answers in queries.answers_of(survey, submitted_only=False):
        for key, answer in answers.items():
            if "." not in key:
                found.setdefault(key, set()).update(_chosen(answer))
    return found


def _chosen(answer: object) -> set[str]:
    if isinstance(answer, dict):
        return {*(f"row:{row}" for row in answer), *answer.values()}
    if isinstance(answer, list):
        return {one for one in answer if isinstance(one, str)}
    return {answer} if isinstance(answer, str) and len(answer) <= 12 else set()
