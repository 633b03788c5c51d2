"""填写: answers are kept as they are typed and handed in once. No account, no name, and so no act of the history.

Whoever answers is known by the link alone, or on an open link by the secret that one phone keeps; neither address nor
device is stored. The server decides whether the survey is open, what is asked and whether it is complete.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F

from tizhi.base.files.intake import MEGABYTE, take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken, Stale

from . import rules
from .form import MOST_FILES, Form, form_of
from .models import Response, ResponseFile
from .queries import Door, begun_since
from .reading import Sent, read

MOST_BYTES: Final = 20 * MEGABYTE
# So many may begin to answer one open link in a minute: a full lecture hall passes, a script does not.
MOST_A_MINUTE: Final = 300

Uploads = Mapping[str, Sequence[File]]


class Closed(RuleBroken):
    """The survey takes no answers (any more)."""


class Crowded(RuleBroken):
    """Too many begin at once."""


class Submitted(RuleBroken):
    """This answer was handed in already."""


def keep(door: Door, response: Response | None, sent: Sent, version: int, uploads: Uploads | None = None) -> Response:
    """Keep what was typed so far, whole or not. Raises Closed, Crowded, Submitted, Stale (another phone was first)."""
    form = form_of(door.survey.form)
    answers, _ = read(form, sent)
    with transaction.atomic():
        return _kept(door, response, form, answers, version, sent, uploads or {})


def submit(
    door: Door, response: Response | None, sent: Sent, version: int, uploads: Uploads | None = None
) -> tuple[Response, dict[str, str]]:
    """Hand the answers in if they are complete, else keep them; what is missing, by question.

    What is not asked, given the other answers, is not kept. Raises as `keep` does.
    """
    form = form_of(door.survey.form)
    answers, unread = read(form, sent)
    with transaction.atomic():
        kept = _kept(door, response, form, answers, version, sent, uploads or {})
        seen = rules.visible(form, kept.answers)
        faults = {key: sentence for key, sentence in unread.items() if key in seen}
        faults = {**rules.faults(form, kept.answers), **faults}
        if not faults:
            kept.answers = {key: said for key, said in kept.answers.items() if key.partition(".")[0] in seen}
            kept.files.exclude(question__in=seen).delete()
            kept.submitted_at = clock.now()
            kept.save(update_fields=["answers", "submitted_at"])
        return kept, faults


def _kept(
    door: Door, response: Response | None, form: Form, answers: dict[str, Any], version: int, sent: Sent,
    uploads: Uploads,
) -> Response:  # fmt: skip
    if not rules.accepts(door.survey, clock.now()):
        raise Closed("问卷已截止，不再接收答案。")
    if not door.is_right:
        raise Closed("这份问卷按邀请填写，请用发给你的链接打开。")
    kept = _begun(door, version) if response is None else _taken(response, version)
    _file(kept, form, sent, uploads)
    kept.answers = answers | _files_of(kept)
    kept.saved_at = clock.now()
    kept.save(update_fields=["answers", "saved_at"])
    return kept


def _begun(door: Door, version: int) -> Response:
    if version:
        raise Stale(None)
    if door.invitation is None and begun_since(door.survey, timedelta(minutes=1)) >= MOST_A_MINUTE:
        raise Crowded("现在填写的人太多，请过一分钟再试；已填的内容仍在页面上。")
    try:
        with transaction.atomic():
            return Response.objects.create(
                survey=door.survey, invitation=door.invitation, secret=secrets.token_urlsafe(15),
                began_at=clock.now(), saved_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as fault:
        raise Stale(None) from fault


def _taken(response: Response, version: int) -> Response:
    """The answer, one version on, if nobody wrote it since it was read."""
    if response.submitted_at:
        raise Submitted("这份问卷已经提交过，谢谢。")
    mine = Response.objects.filter(pk=response.pk, version=version, submitted_at=None)
    if not mine.update(version=F("version") + 1):
        raise Stale(response)
    return Response.objects.get(pk=response.pk)


def _file(response: Response, form: Form, sent: Sent, uploads: Uploads) -> None:
    """Take what was uploaded to questions that ask for files; let go of what was ticked."""
    asked = {one.id for one in form if one.kind == "file"}
    for key in asked:
        gone = [int(one) for one in sent.get(f"{key}.remove", ()) if one.isascii() and one.isdigit() and len(one) < 18]
        response.files.filter(question=key, pk__in=gone).delete()
        for upload in uploads.get(key, ()):
            if (upload.size or 0) > MOST_BYTES:
                raise RuleBroken(f"文件不能超过{MOST_BYTES // MEGABYTE}MB，请压缩后再上传。", {key: "文件太大"})
            if response.files.filter(question=key).count() >= MOST_FILES:
                raise RuleBroken(f"每题最多上传{MOST_FILES}个文件，请先删去一个。", {key: f"最多{MOST_FILES}个文件"})
            stored = take(upload, StoredFile.Kind.PAPER)
            ResponseFile.objects.create(response=response, question=key, file=stored)


def _files_of(response: Response) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for question, file in response.files.values_list("question", "file_id"):
        found.setdefault(question, []).append(file)
    return found
