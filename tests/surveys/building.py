"""造问卷: surveys as they stand, their questions, and answers as a phone sends them."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

from django.utils import timezone

from tests import make
from tizhi.base.kit import clock
from tizhi.pipeline.surveys import filling
from tizhi.pipeline.surveys.models import Invitation, Response, Survey
from tizhi.pipeline.surveys.queries import Door

NUMBERS = itertools.count(1)

FORM: dict[str, Any] = {
    "pages": [
        {
            "id": "p1",
            "title": "基本情况",
            "questions": [
                {
                    "id": "q1", "kind": "single", "title": "是否承担师范专业课程", "required": True,
                    "options": [{"id": "a1", "text": "是"}, {"id": "a2", "text": "否"}],
                },
                {
                    "id": "q2", "kind": "number", "title": "每周课时", "required": True, "least": 0, "most": 40,
                    "unit": "课时", "show": {"all": [{"question": "q1", "is": "contains", "value": "a1"}]},
                },
            ],
        },
        {
            "id": "p2",
            "title": "需求",
            "questions": [
                {
                    "id": "q3", "kind": "multiple", "title": "希望得到哪些支持", "required": True, "other": True,
                    "most": 2,
                    "options": [
                        {"id": "a1", "text": "访学"}, {"id": "a2", "text": "同课异构"},
                        {"id": "a3", "text": "都不需要", "exclusive": True},
                    ],
                },
                {"id": "q4", "kind": "scale", "title": "总体满意程度", "required": True, "first": 1, "last": 5,
                 "low": "很不满意", "high": "很满意"},
                {
                    "id": "q5", "kind": "matrix", "title": "以下方面的把握程度", "required": True,
                    "rows": [{"id": "a1", "text": "课堂教学"}, {"id": "a2", "text": "教学研究"}],
                    "options": [{"id": "a1", "text": "低"}, {"id": "a2", "text": "高"}],
                },
                {"id": "q6", "kind": "text", "title": "意见建议", "long": True},
                {"id": "q7", "kind": "file", "title": "相关材料"},
            ],
        },
    ]
}  # fmt: skip

WHOLE = {
    "q1": ["a1"], "q2": ["12"], "q3": ["a1", "other"], "q3.other": ["外语培训"], "q4": ["4"], "q5.a1": ["a2"],
    "q5.a2": ["a1"], "q6": ["希望多办研修班"],
}  # fmt: skip


def survey(unit: str = "安徽师范大学", *, state: str = "open", **given: Any) -> Survey:
    """A survey of `unit` over FORM, open by link unless `given` says otherwise."""
    cluster = make.bnu()
    owner = make.unit(unit)
    number = next(NUMBERS)
    columns = {
        "title": "教师教学能力需求问卷", "form": FORM, "secret": f"survey{number}", "created_at": clock.now(),
        "writer": make.liaison_of(owner, cluster), "opened_at": clock.now() if state != "draft" else None,
    }  # fmt: skip
    return Survey.objects.create(cluster=cluster, unit=owner, state=state, **{**columns, **given})


def invitation(of: Survey, unit: str = "阜阳师范大学", name: str = "") -> Invitation:
    """A personal link for somebody of `unit`."""
    return Invitation.objects.create(
        survey=of, unit=make.unit(unit), name=name, secret=f"invited{next(NUMBERS)}", invited_at=clock.now()
    )


def answered(of: Survey, invited: Invitation | None = None, **changed: list[str]) -> Response:
    """WHOLE handed in, with some answers changed (`q5__a1` stands for `q5.a1`)."""
    sent = {**WHOLE, **{key.replace("__", "."): values for key, values in changed.items()}}
    response, faults = filling.submit(Door(of, invited), None, sent, 0)
    assert not faults, faults
    return response


def many(of: Survey, count: int, unit: str = "") -> None:
    """So many answers at once, of people of `unit` if it is given."""
    for _ in range(count):
        answered(of, invitation(of, unit) if unit else None)


def moment(day: int, hour: int = 12) -> datetime:
    """That day of November 2026 at that hour."""
    return timezone.make_aware(datetime(2026, 11, day, hour))
