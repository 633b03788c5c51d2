"""问卷的链接: where a survey is answered, and that address as a picture to be read by a phone."""

from __future__ import annotations

import qrcode
from django.http import HttpRequest
from django.urls import reverse
from qrcode.constants import ERROR_CORRECT_M


def address(request: HttpRequest, secret: str) -> str:
    """The whole address of a link."""
    return request.build_absolute_uri(reverse("q:fill", args=[secret]))


def qr_code(text: str) -> str:
    """A QR code as SVG: one path, with the quiet border it needs, black on white in any theme."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size * 8}" height="{size * 8}" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{dots}" fill="#000"/></svg>'
    )
