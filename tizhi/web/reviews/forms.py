"""专家审核的表单: days, an invitation, an opinion, a conclusion, the reply to one point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tizhi.base.kit import clock
from tizhi.pipeline.reviews.models import Point, Reply, Review, Verdict
from tizhi.pipeline.reviews.rules import MOST_POINTS, READING_DAYS, REPLY_DAYS, PointWord, Said, SectionWord
from tizhi.web.frame.widgets import DayInput, Segments

NOT_A_DAY = {"invalid": "没有这一天，请按年月日填写，如2026年11月23日填2026-11-23"}
MARGIN = timedelta(days=7)


class DaysForm(forms.Form):
    """The day due and the last day; the reason when they are moved."""

    due = forms.DateField(
        label="应完成日期", widget=DayInput, error_messages=NOT_A_DAY, help_text="专家看到这一天，并按各人设定提前提醒"
    )
    closes = forms.DateField(
        label="最后期限", widget=DayInput, error_messages=NOT_A_DAY, help_text="过了这一天不能再提交，除非延期"
    )
    note = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: QueryDict | None = None, *, review: Review | None = None) -> None:
        due = clock.today() + timedelta(days=READING_DAYS)
        days = (review.due, review.closes) if review else (due, due + MARGIN)
        super().__init__(data, initial=dict(zip(("due", "closes"), days, strict=True)))
        if review is None:
            del self.fields["note"]

    def given(self) -> dict[str, Any]:
        """The days, from a valid form."""
        return {name: self.cleaned_data[name] for name in ("due", "closes")}


class OpinionForm(forms.Form):
    """An opinion: of each section a verdict and a text, the points, the whole. Points come as rows of four fields."""

    verdict = forms.ChoiceField(label="总体意见", choices=Verdict.choices, required=False, widget=Segments)
    summary = forms.CharField(
        label="总体意见说明", required=False, widget=forms.Textarea(attrs={"rows": 4, "data-count": True})
    )
    paper = forms.FileField(label="签字意见书", help_text="专家签字的扫描件或照片，PDF、JPG等，不超过100MB")

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        sections: Sequence[tuple[str, str]],
        said: Said | None = None,
        with_paper: bool = False,
    ) -> None:
        said = said or Said()
        super().__init__(data, files, initial={"verdict": said.verdict, "summary": said.summary})
        self.sections = sections
        known = {one.section: one for one in said.sections}
        for key, name in sections:
            word = known.get(key, SectionWord(key))
            self._add(f"verdict-{key}", forms.ChoiceField(
                label=f"对“{name}”的意见", choices=Verdict.choices, required=False, widget=Segments,
                initial=word.verdict,
            ))  # fmt: skip
            self._add(f"text-{key}", forms.CharField(
                label="说明", required=False, initial=word.text, widget=forms.Textarea(attrs={"rows": 2}),
            ))  # fmt: skip
        if not with_paper:
            del self.fields["paper"]
        self.points = self._typed() if data is not None else list(said.points)

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field

    def _typed(self) -> list[PointWord]:
        data = cast(QueryDict, self.data)
        columns = [data.getlist(f"point-{name}") for name in ("text", "section", "quote", "weight")]
        rows = list(zip(*columns, strict=False))[: MOST_POINTS + 1]
        points = [PointWord(*(value.replace("\0", "").replace("\r\n", "\n") for value in one)) for one in rows]
        return [one for one in points if one.text.strip() or one.quote.strip()]

    def said(self) -> Said:
        """What the action keeps, from a valid form."""
        given = self.cleaned_data
        sections = [SectionWord(key, given[f"verdict-{key}"], given[f"text-{key}"]) for key, _ in self.sections]
        return Said(given["verdict"], given["summary"], sections, self.points)

    def shown(self) -> list[ShownSection]:
        """The sections with their controls and points, for the page."""
        return [
            ShownSection(key, name, self[f"verdict-{key}"], self[f"text-{key}"], self._points_on(key))
            for key, name in self.sections
        ]

    def _points_on(self, key: str) -> list[PointWord]:
        return [one for one in self.points if one.section == key]

    def general(self) -> list[PointWord]:
        """The points that stand by no section of this text."""
        keys = {key for key, _ in self.sections}
        return [one for one in self.points if one.section not in keys]


@dataclass(frozen=True)
class ShownSection:
    """One section in the form."""

    key: str
    name: str
    verdict: Any
    text: Any
    points: Sequence[PointWord]


class ConclusionForm(forms.Form):
    """The chair's conclusion; why no longer to wait, where opinions are still out."""

    verdict = forms.ChoiceField(label="结论", choices=Verdict.choices, widget=Segments)
    conclusion = forms.CharField(label="结论意见", widget=forms.Textarea(attrs={"rows": 6, "data-count": True}))
    reply_due = forms.DateField(
        label="答复期限", required=False, widget=DayInput, error_messages=NOT_A_DAY,
        help_text="有条件通过的，请编制单位在这一天前逐条答复",
    )  # fmt: skip
    note = forms.CharField(
        label="不再等待的原因", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="还有专家没有提交意见；不再等待的，写明原因",
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, late: int) -> None:
        super().__init__(data, initial={"reply_due": clock.today() + timedelta(days=REPLY_DAYS)})
        if not late:
            del self.fields["note"]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return {name: self.cleaned_data[name] for name in ("verdict", "conclusion", "reply_due")}


class AnswerForm(forms.Form):
    """What was made of one point."""

    decision = forms.ChoiceField(label="是否采纳", choices=Reply.Decision.choices, widget=Segments)
    reason = forms.CharField(
        label="说明",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="部分采纳、不采纳的必须说明理由",
    )
    place = forms.CharField(label="修改处", required=False, max_length=300, help_text="如：第四章第二段、表3")

    def __init__(self, data: QueryDict | None = None, *, point: Point) -> None:
        reply = getattr(point, "reply", None)
        known = {"decision": reply.decision, "reason": reply.reason, "place": reply.place} if reply else {}
        super().__init__(data, initial=known, prefix=f"p{point.pk}")
