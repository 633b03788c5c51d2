"""中文字体: where the fonts of PNG and PDF come from: the installation's folder, the system, what comes along.

Fonts are looked for once in a process; an installation that adds one starts anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
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

# The faces of official documents, each with what stands in for it; sans faces come last, for they may be all there is.
_SONG: Final = (
    "SimSun", "宋体", "STSong", "Source Han Serif SC", "Source Han Serif CN", "思源宋体", "Noto Serif CJK SC",
    "Noto Serif SC", "Songti SC", "FandolSong",
)  # fmt: skip
_FANG: Final = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R", "FandolFang")
_KAI: Final = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "Kaiti SC", "FandolKai")
_TITLE: Final = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK")
_WITH_BOLD: Final = frozenset(_SONG[3:8])  # a bold cut is drawn, not feigned
_WESTERN: Final = ("Times New Roman", "Liberation Serif", "Nimbus Roman", "Tinos", "TeX Gyre Termes")


@dataclass(frozen=True)
class Faces:
    """What an official document is set in: families by their part, the first that is there and those behind it."""

    fonts: typst.Fonts
    families: dict[str, tuple[str, ...]]


def official() -> Faces:
    """The faces of PDF; RuleBroken, with what to do, when there is no Chinese font at all."""
    faces = _official(str(settings.FONTS_OWN or ""), str(settings.FONTS_BROUGHT), settings.FONTS_OF_SYSTEM)
    if not faces.families["hei"]:
        raise RuleBroken(
            "服务器上没有中文字体，不能生成 PDF；Word 不受影响。请系统管理员安装仿宋、楷体、黑体和宋体，"
            "或把字体放进 TIZHI_FONTS 所指的文件夹，再重新启动。"
        )
    return faces


@lru_cache(maxsize=8)
def _official(own: str, brought: str, of_system: bool) -> Faces:
    folders = [folder for folder in (own, brought) if folder and Path(folder).is_dir()]
    fonts = typst.Fonts(include_system_fonts=of_system, include_embedded_fonts=True, font_paths=folders)
    there = set(fonts.families())

    def present(*names: str) -> tuple[str, ...]:
        return tuple(name for name in names if name in there)

    song, hei = present(*_SONG), present(*SANS)
    fang = (*present(*_FANG), *song, *hei)
    bold = fang if fang[:1] and fang[0] in _WITH_BOLD else hei
    families = {
        "fang": fang, "kai": (*present(*_KAI), *song, *hei), "hei": hei, "song": (*song, *hei), "bold": bold,
        "title": (*present(*_TITLE), *sorted(song, key=lambda name: name not in _WITH_BOLD), *hei),
        "western": present(*_WESTERN)[:1],
    }  # fmt: skip
    return Faces(fonts, families)


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
