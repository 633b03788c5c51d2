"""照片: decoded and written anew, upright, without place and device; and a small one to stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

from tizhi.base.kit.errors import RuleBroken

from .formats import JPEG, PNG, Format

LONG_SIDE = 4096
THUMBNAIL_SIDE = 480
# A JPEG is decoded at a fraction of its size; the others need all their pixels in memory.
MOST_PIXELS = {JPEG.media_type: 64_000_000}
MOST_PIXELS_OTHERS = 30_000_000


@dataclass(frozen=True)
class Photo:
    """What is stored of an uploaded photo."""

    content: BytesIO
    thumbnail: BytesIO
    format: Format
    width: int
    height: int


def redrawn(file: IO[bytes], found: Format) -> Photo:
    """The photo in `file`, written anew; RuleBroken if it cannot be opened or is too large.

    What was a JPEG, or a WebP without transparency, becomes a JPEG; the others a PNG: Word takes nothing else.
    """
    try:
        image = _decoded(file, found)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (OSError, SyntaxError, ValueError):
        raise RuleBroken("照片已损坏，无法打开。请重新选择。") from None
    flat = _on_white(image)
    small = flat.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    if image.has_transparency_data or found is PNG:
        return Photo(_written(image, "PNG"), _written(small, "JPEG", quality=80), PNG, *image.size)
    return Photo(_written(flat, "JPEG", quality=88), _written(small, "JPEG", quality=80), JPEG, *image.size)


def _decoded(file: IO[bytes], found: Format) -> Image.Image:
    file.seek(0)
    with Image.open(file, formats=("JPEG", "PNG", "WEBP", "MPO")) as image:
        if image.width * image.height > MOST_PIXELS.get(found.media_type, MOST_PIXELS_OTHERS):
            raise _too_many_pixels()
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        image.thumbnail((LONG_SIDE, LONG_SIDE))
        upright = ImageOps.exif_transpose(image)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    profile = upright.info.get("icc_profile") if upright.mode == mode else None
    clean = upright.convert(mode)
    # Only the colours' meaning stays; EXIF, XMP and comments told where, when and with what it was taken.
    clean.info = {"icc_profile": profile} if profile else {}
    return clean


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _written(image: Image.Image, kind: str, **options: int) -> BytesIO:
    written = BytesIO()
    image.save(written, kind, optimize=True, icc_profile=image.info.get("icc_profile"), **options)
    written.seek(0)
    return written


def _too_many_pixels() -> RuleBroken:
    return RuleBroken("照片的像素过大。请缩小尺寸（长边不超过8000像素）后再上传。")
