"""分类数字: for each kind of activity how many there were, and the sums of the figures it asks for."""

from __future__ import annotations

from tizhi.pipeline.activities.kind import Figure as Asked
from tizhi.pipeline.activities.kind import Kind
from tizhi.pipeline.activities.kinds import KINDS

from .counting import activities
from .figure import Figure


def label_of(kind: Kind, asked: Asked) -> str:
    """培训：参训教师 – what a kind's figure is called within a report."""
    return f"{kind.label}：{asked.label.removeprefix('其中')}"


def _number_of(kind: Kind) -> Figure:
    return activities(
        f"kind-{kind.code}",
        f"{kind.label}活动数",
        f"活动总数中类型为“{kind.label}”的",
        meant=lambda one: one.kind == kind.code,
        subject=kind.label,
    )


def _sum_of(kind: Kind, asked: Asked) -> Figure:
    is_single = asked.total == "none"
    is_of_people = asked.unit in ("人", "人次")
    meaning = "，只就一项活动说明，不加总" if is_single else "之和" + ("，同一人参加两次计两次" if is_of_people else "")
    return activities(
        f"kind-{kind.code}-{asked.key}",
        label_of(kind, asked),
        f"“{kind.label}”活动填报的“{asked.label}”（{asked.unit}）{meaning}",
        meant=lambda one: one.kind == kind.code,
        worth=lambda one: one.figure(asked.key),
        # People of several activities added up are 人次.
        unit="人次" if asked.unit == "人" and not is_single else asked.unit,
        subject=kind.label,
        is_single=is_single,
    )


FIGURES = tuple(
    figure for kind in KINDS.values() for figure in (_number_of(kind), *(_sum_of(kind, one) for one in kind.figures))
)
