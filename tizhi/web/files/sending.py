"""发送文件: whole or a part of it, never as a page of ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from tizhi.base.files import storage
from tizhi.base.files.formats import media_type_of

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_BLOCK = 256 * 1024


@dataclass(frozen=True)
class Sent:
    """Where the bytes lie and what the browser is told about them."""

    path: str
    name: str
    media_type: str
    size: int
    is_inline: bool

    @property
    def etag(self) -> str:
        """The path holds the hash of the content: it never changes under one address."""
        return f'"{self.path.rsplit("/", 1)[-1]}"'


def attachment(content: bytes, name: str) -> HttpResponse:
    """A document made just now, sent under `name`; its ending says what it is."""
    response = HttpResponse(content, content_type=media_type_of(name))
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


def send(request: HttpRequest, sent: Sent) -> HttpResponseBase:
    """The file, the part asked for (206), or word that the browser's copy is good (304)."""
    # Asked before the file is opened: what is not sent need not be closed.
    response = get_conditional_response(request, etag=sent.etag) or _body(request, sent)
    response["Content-Type"] = sent.media_type
    response["Content-Disposition"] = str(content_disposition_header(not sent.is_inline, sent.name))
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = sent.etag
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    # Should a browser show it as a page after all, it can neither run anything nor reach us.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _body(request: HttpRequest, sent: Sent) -> HttpResponseBase:
    span = _span(request, sent)
    if span is None:
        whole = FileResponse(storage.opened(sent.path))
        whole["Content-Length"] = str(sent.size)
        return whole
    first, last = span
    if first > last or first >= sent.size:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{sent.size}"
        return refused
    part = StreamingHttpResponse(_part(sent.path, first, last), status=206)
    part["Content-Range"] = f"bytes {first}-{last}/{sent.size}"
    part["Content-Length"] = str(last - first + 1)
    return part


def _span(request: HttpRequest, sent: Sent) -> tuple[int, int] | None:
    """The first and last byte asked for; None when all of it is, or an older copy is being continued."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.group() == "bytes=-" or request.headers.get("If-Range", sent.etag) != sent.etag:
        return None
    first, last = asked.groups()
    if not first:
        return max(0, sent.size - int(last)), sent.size - 1
    return int(first), min(int(last or sent.size - 1), sent.size - 1)


def _part(path: str, first: int, last: int) -> Iterator[bytes]:
    with storage.opened(path) as file:
        file.seek(first)
        left = last - first + 1
        while left and (block := file.read(min(_BLOCK, left))):
            left -= len(block)
            yield block
