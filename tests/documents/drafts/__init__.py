"""Plans as universities write them in Word, each in another style, with where every heading belongs written by hand."""

from . import styled, typed, unseen
from .draft import BODY, DRAFTS, HELD_OUT, SECTIONS, Draft, made

__all__ = ["BODY", "DRAFTS", "HELD_OUT", "SECTIONS", "Draft", "made", "styled", "typed", "unseen"]
