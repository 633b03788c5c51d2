"""问卷的下载: the QR code, the sheet of links, what the answers say together as Word."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.kit.errors import Denied
from tizhi.pipeline.surveys import export, queries
from tizhi.pipeline.surveys.actions import invite
from tizhi.pipeline.surveys.form import form_of
from tizhi.pipeline.surveys.models import Survey
from tizhi.pipeline.surveys.results import summarise
from tizhi.web.files.sending import attachment
from tizhi.web.frame.request import Request

from .links import address, qr_code
from .results import survey_of

LINKS = [
    Column("单位", width=10), Column("填写人", width=8), Column("邮箱", width=14), Column("链接", width=30),
    Column("填写情况", width=8),
]  # fmt: skip


@require_safe
def qr(request: Request, pk: int) -> HttpResponse:
    """The QR code of the open link."""
    survey = survey_of(request, pk)
    if survey.way != Survey.Way.LINK:
        raise Http404
    svg = qr_code(address(request, survey.secret))
    headers = {
        "Content-Disposition": content_disposition_header("download" in request.GET, f"{survey.title}二维码.svg")
    }
    return HttpResponse(svg, "image/svg+xml", headers=headers)


@require_safe
def links(request: Request, pk: int) -> HttpResponse:
    """Every personal link, to be handed out; for the makers alone: a link is the key to an answer."""
    survey = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    if not invite.allowed(request.actor, survey):
        raise Denied("下载填写链接")
    rows = (
        [one.unit.called, one.name, one.email, address(request, one.secret), _how_far(one)]
        for one in queries.invitations_of(survey)
    )
    return attachment(write_sheet("填写链接", LINKS, rows), f"{survey.title}填写链接.xlsx")


def _how_far(invitation: object) -> str:
    response = getattr(invitation, "response", None)
    if response is None:
        return "未填"
    return "已提交" if response.submitted_at else "填写中"


@require_safe
def word(request: Request, pk: int) -> HttpResponse:
    """What the answers say together."""
    survey = survey_of(request, pk)
    count = summarise(form_of(survey.form), queries.answers_of(survey))
    return attachment(export.word(survey, count), f"{survey.title}结果汇总.docx")
