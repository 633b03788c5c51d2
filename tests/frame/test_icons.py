"""Every icon a page names is in the sprite, and the sprite holds no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# `{% icon "x" %}`, icon="x", icon("x"): in templates, views and scripts.
DRAWN = re.compile(r"""(?:{% icon |icon=|icon\()["']([a-z0-9-]+)["']""")
# Names also stand as data, in the menu and in to-dos.
QUOTED = re.compile(r"""["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']""")


def _sprite() -> set[str]:
    lines = (ROOT / "frontend" / "icons.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def _sources() -> str:
    files = [*(ROOT / "tizhi").rglob("*.html"), *(ROOT / "tizhi").rglob("*.py"), *(ROOT / "frontend/src").rglob("*.ts")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_icon_that_is_drawn_is_in_the_sprite():
    assert set(DRAWN.findall(_sources())) <= _sprite()


def test_the_sprite_carries_no_icon_that_nothing_names():
    assert _sprite() <= set(QUOTED.findall(_sources()))
