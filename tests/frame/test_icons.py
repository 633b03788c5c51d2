"""Every icon a page names is in the sprite."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# `{% icon "x" %}`, icon="x", icon("x"): in templates, views and scripts.
DRAWN = re.compile(r"""(?:{% icon |icon=|icon\()["']([a-z0-9-]+)["']""")


def _sprite() -> set[str]:
    lines = (ROOT / "frontend" / "icons.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def _sources() -> str:
    files = [*(ROOT / "tizhi").rglob("*.html"), *(ROOT / "tizhi").rglob("*.py"), *(ROOT / "frontend/src").rglob("*.ts")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_icon_that_is_drawn_is_in_the_sprite():
    assert set(DRAWN.findall(_sources())) <= _sprite()
