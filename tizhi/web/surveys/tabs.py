"""问卷的分页: the views of one survey that an actor may open."""

from __future__ import annotations

from django.urls import reverse

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.surveys.actions import write_form
from tizhi.pipeline.surveys.models import Survey
from tizhi.pipeline.surveys.who import reader_of_results
from tizhi.web.frame.parts import Tab


def tabs_of(actor: Actor, survey: Survey, current: str) -> list[Tab]:
    """Overview and questions for its makers, invitations where there are any, results once it was opened."""
    if not reader_of_results(actor, survey):
        return []
    makes = write_form.allowed(actor, survey)
    shown = [("show", "概况", True), ("form", "题目", makes)]
    shown += [("invitations", "邀请", makes and survey.way == Survey.Way.INVITED)]
    shown += [("results", "结果", survey.state != Survey.State.DRAFT)]
    return [
        Tab(label, reverse(f"surveys:{name}", args=[survey.pk]), is_current=name == current)
        for name, label, is_there in shown
        if is_there
    ]
