"""中文字体: where the fonts of PNG and PDF come from: the installation's folder, the system, what comes along.

Fonts are looked for once in a process; an installation that adds one starts anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import typst
from django.conf import settings

from ..kit.errors import RuleBroken

# Sans faces with the signs of simplified Chinese, in the order of preference within one place.
SANS: Final = (
    "PingFang SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体", "Noto Sans CJK SC", "Noto Sans SC",
    "Microsoft YaHei", "微软雅黑", "Hiragino Sans GB", "HarmonyOS Sans SC", "Alibaba PuHuiTi 3.0", "SimHei", "黑体",
    "STHeiti", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback", "FandolHei",
)  # fmt: skip


@dataclass(frozen=True)
class Face:
    """A Chinese face and the fonts it is one of."""

    family: str
    fonts: typst.Fonts


def chinese() -> Face:
    """The face that pictures are set in; RuleBroken, with what to do, when there is none."""
    face = _found(str(settings.FONTS_OWN or ""), str(settings.FONTS_BROUGHT), settings.FONTS_OF_SYSTEM)
    if face is None:
        raise RuleBroken(
            "服务器上没有中文字体，不能生成图片和带图的 Word；SVG 图不受影响。请系统管理员安装思源黑体，"
            "或把黑体类字体放进 TIZHI_FONTS 所指的文件夹，再重新启动。"
        )
    return face


@lru_cache(maxsize=8)
def _found(own: str, brought: str, of_system: bool) -> Face | None:
    for folder in (own, None, brought):
        if folder == "" or (folder is None and not of_system):
            continue
        fonts = typst.Fonts(
            include_system_fonts=folder is None, include_embedded_fonts=False, font_paths=[folder] if folder else []
        )
        there = set(fonts.families())
        if family := next((name for name in SANS if name in there), None):
            return Face(family, fonts)
    return None
