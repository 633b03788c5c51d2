"""读入: a .docx as an outline."""

from __future__ import annotations

from io import BytesIO

import docx

from ...kit.errors import RuleBroken
from .model import Heading, Outline


def read_word(content: bytes) -> Outline:
    """The outline of the file; RuleBroken when it cannot be read."""
    try:
        file = docx.Document(BytesIO(content))
    except Exception as fault:
        raise RuleBroken("打不开这个文件：它不是Word文件（.docx）。") from fault
    parts: list[Heading] = []
    for one in file.paragraphs:
        if one.text.strip():
            parts.append(Heading(1, "", one.text.strip(), ""))
    return Outline(tuple(parts))
