"""比对: what changed between two texts of the browser, word by word, moved paragraphs recognised."""

from __future__ import annotations

from .model import Change, Comparison
from .text import compare
from .word import write_changes

__all__ = ["Change", "Comparison", "compare", "write_changes"]
