"""文件的下载。"""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tizhi.base.files import storage
from tizhi.base.files.formats import JPEG
from tizhi.base.files.models import StoredFile
from tizhi.web.frame.request import Request

from .owners import visible_to
from .sending import Sent, send


@require_safe
def download(request: Request, pk: int) -> HttpResponseBase:
    """A paper as an attachment; a photo, which was written anew on arrival, may be shown in the page."""
    file = get_object_or_404(visible_to(request.actor), pk=pk)
    is_photo = file.kind == StoredFile.Kind.PHOTO
    return send(request, Sent(storage.path_of(file.sha256), file.name, file.media_type, file.size, is_photo))


@require_safe
def thumbnail(request: Request, pk: int) -> HttpResponseBase:
    """The small picture of a photo."""
    photos = visible_to(request.actor).filter(kind=StoredFile.Kind.PHOTO)
    photo = get_object_or_404(photos, pk=pk)
    path = storage.thumbnail_of(photo.sha256)
    return send(request, Sent(path, photo.name, JPEG.media_type, storage.size_of(path), is_inline=True))
