"""导入: a Word file written elsewhere, taken apart at its headings and laid into the sections of a plan."""

from __future__ import annotations

from .model import Heading, Outline, Placed, Went
from .place import place, with_pictures
from .read import read_word

__all__ = ["Heading", "Outline", "Placed", "Went", "place", "read_word", "with_pictures"]
