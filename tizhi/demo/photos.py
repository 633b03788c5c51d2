"""示例照片: plain drawings that stand where photos would; nobody is in them."""

from __future__ import annotations

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

WALLS = ((226, 232, 234), (233, 229, 220), (222, 231, 226), (231, 226, 232))
ACCENT = (11, 95, 102)


def photo(drawn: random.Random, title: str) -> SimpleUploadedFile:
    """A drawing of a meeting room: a screen, a table, rows of seats."""
    picture = Image.new("RGB", (1280, 853), drawn.choice(WALLS))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 620, 1280, 853), fill=(198, 205, 205))
    left = drawn.randint(330, 430)
    draw.rectangle((left, 110, left + 480, 400), fill=(250, 251, 251), outline=ACCENT, width=6)
    for line in range(drawn.randint(2, 4)):
        draw.rectangle((left + 50, 160 + line * 56, left + drawn.randint(240, 430), 178 + line * 56), fill=ACCENT)
    draw.rounded_rectangle((240, 520, 1040, 660), 24, fill=(171, 146, 116))
    for seat in range(drawn.randint(5, 8)):
        middle = 190 + seat * 130
        draw.ellipse((middle, 640, middle + 64, 704), fill=(96, 110, 114))
        draw.rounded_rectangle((middle - 22, 700, middle + 86, 853), 30, fill=(122, 137, 141))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=70)
    return SimpleUploadedFile(f"{title[:20]}.jpg", kept.getvalue(), "image/jpeg")
