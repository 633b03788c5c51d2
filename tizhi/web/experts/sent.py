"""下载: a neutral document as Word or PDF under its name."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from tizhi.base.documents.document import Document
from tizhi.base.documents.pdf import write_pdf
from tizhi.base.documents.word import write_word

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS: Final = {"docx": (write_word, WORD), "pdf": (write_pdf, "application/pdf")}


def document(written: Document, name: str, kind: str) -> HttpResponse:
    """`written` as a file called `name`; 404 for a kind that there is not."""
    if kind not in WRITERS:
        raise Http404
    write, content_type = WRITERS[kind]
    disposition = content_disposition_header(True, f"{name}.{kind}") or "attachment"
    return HttpResponse(write(written), content_type, headers={"Content-Disposition": disposition})
