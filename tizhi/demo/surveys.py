"""示例问卷: two questionnaires – one by link and closed, one by invitation and still running – and their answers."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from tizhi.pipeline.surveys import actions, filling
from tizhi.pipeline.surveys.actions import Invited
from tizhi.pipeline.surveys.form import Form, Question, form_of
from tizhi.pipeline.surveys.models import Survey
from tizhi.pipeline.surveys.queries import Door, invitations_of
from tizhi.pipeline.surveys.rules import visible

from .people import Cast
from .timeline import Course, on

# Answers come in the first days after a survey was opened, most at once.
DAYS = 9
_ASIDE = ("options", "rows", "alone", "weights", "texts", "when")


class Surveys:
    """The two questionnaires from being made to what has come of them by the last day of the sample."""

    def __init__(self, cast: Cast, today: date) -> None:
        self.cast, self.today = cast, today
        self.random = random.Random(2026)

    def courses(self) -> Iterator[Course]:
        """A course for each; a unit that is not in the cluster makes none."""
        text = (files("tizhi") / "demo" / "surveys.toml").read_text("utf-8")
        return (self._course(one) for one in tomllib.loads(text)["survey"] if one["unit"] in self.cast.members)

    def _course(self, one: dict[str, Any]) -> Course:
        liaison, opened = self.cast.actor(one["unit"], "liaison"), self.today - timedelta(days=one["opened"])
        closes = on(self.today + timedelta(days=one["closes"]), 18) if "closes" in one else None
        member = self.cast.members[one["unit"]]
        survey: Survey = yield (
            on(opened - timedelta(days=3), 10),
            lambda: actions.start_survey(
                liaison, member, title=one["title"], intro=one["intro"], thanks=one["thanks"], way=one["way"],
                closes_at=closes,
            ),
        )  # fmt: skip
        yield on(opened - timedelta(days=2), 15), lambda: actions.write_form(liaison, survey, form=_form(one["page"]))
        yield on(opened - timedelta(days=1), 9), lambda: actions.open_survey(liaison, survey)
        if people := self._invited(one):
            yield on(opened - timedelta(days=1), 11), lambda: actions.invite(liaison, survey, people=people)
        left = one["answers"]
        for day in range(DAYS):
            several = left if day == DAYS - 1 else left * 3 // 10
            left -= several
            yield on(opened + timedelta(days=day), 16), self._answering(survey, one, several)
        if "closed" in one:
            yield on(self.today - timedelta(days=one["closed"]), 17), lambda: actions.close_survey(liaison, survey)

    def _invited(self, one: dict[str, Any]) -> list[Invited]:
        known = self.cast.members
        return [
            Invited(known[key].unit_id)
            for key, many in one.get("invited", {}).items()
            if key in known
            for _ in range(many)
        ]

    def _answering(self, survey: Survey, one: dict[str, Any], several: int):  # type: ignore[no-untyped-def]
        """So many hand in their answers; who was invited last answers last, some never."""

        def answer() -> None:
            fresh = Survey(pk=survey.pk)
            fresh.refresh_from_db()
            asked = [question for page in one["page"] for question in page["question"]]
            form = form_of(fresh.form)
            links = [row for row in invitations_of(fresh) if not hasattr(row, "response")]
            self.random.shuffle(links)
            for place in range(several):
                door = Door(fresh, links[place] if links else None)
                filling.submit(door, None, self._sent(form, asked), 0)

        return answer

    def _sent(self, form: Form, asked: list[dict[str, Any]]) -> dict[str, list[str]]:
        """What one person would send: whole, and only to what is asked."""
        sent: dict[str, list[str]] = {}
        for question, told in zip(form, asked, strict=True):
            if question.id in visible(form, {key: values[0] for key, values in sent.items()}):
                sent |= self._said(question, told)
        return sent

    def _said(self, one: Question, told: dict[str, Any]) -> dict[str, list[str]]:
        pick, weights = self.random, told.get("weights")
        if one.kind == "matrix":
            options = [option.id for option in one.options]
            return {f"{one.id}.{row.id}": pick.choices(options, weights) for row in one.rows}
        if one.kind == "scale":
            return {one.id: [str(step) for step in pick.choices(one.steps, weights)]}
        if one.kind == "number":
            middle = (one.most or 0) / 3
            return {one.id: [str(int(min(max(pick.gauss(middle, middle / 2), 0), one.most or 0)))]}
        if one.kind == "text":
            return {one.id: [pick.choice(told["texts"]) if pick.random() < 0.3 else ""]}
        return self._chosen(one, told)

    def _chosen(self, one: Question, told: dict[str, Any]) -> dict[str, list[str]]:
        options, pick = list(one.options), self.random
        if one.kind == "single":
            return {one.id: [pick.choices(options, told.get("weights"))[0].id]}
        alone = [option.id for option in options if option.exclusive]
        if alone and pick.random() < 0.08:
            return {one.id: alone}
        chosen = pick.sample([option.id for option in options if not option.exclusive], pick.randint(1, 2))
        if one.other and pick.random() < 0.06:
            return {one.id: [*chosen, "other"], one.other_name: [pick.choice(told["texts"])]}
        return {one.id: chosen}


def _form(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """The description of the pages, with ids numbered through; `when = [3, 1]` means that the third says its first."""
    made: list[dict[str, Any]] = []
    number = 0
    for place, page in enumerate(pages, start=1):
        questions = []
        for told in page["question"]:
            number += 1
            questions.append(_question(f"q{number}", told))
        made.append({"id": f"p{place}", "title": page["title"], "questions": questions})
    return {"pages": made}


def _question(key: str, told: dict[str, Any]) -> dict[str, Any]:
    made = {"id": key, "required": True} | {name: value for name, value in told.items() if name not in _ASIDE}
    lines = [{"text": text} for text in told.get("options", ())]
    lines += [{"text": text, "exclusive": True} for text in told.get("alone", ())]
    if lines:
        made["options"] = [{"id": f"a{place}", **line} for place, line in enumerate(lines, start=1)]
    if "rows" in told:
        made["rows"] = [{"id": f"a{place}", "text": text} for place, text in enumerate(told["rows"], start=1)]
    if "when" in told:
        question, option = told["when"]
        made["show"] = {"all": [{"question": f"q{question}", "is": "contains", "value": f"a{option}"}]}
    return made
