"""压缩: pages travel compressed over slow lines; files, which are compressed already and sent in parts, do not."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Compresses what Django renders. Its tokens are masked and its length is padded, so that it gives nothing away."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response, compressed if it is a text made for this request."""
        is_page = not response.streaming and response.get("Content-Type", "").startswith(("text/", "application/json"))
        return super().process_response(request, response) if is_page else response  # type: ignore[arg-type]
