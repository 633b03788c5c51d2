"""措辞: how faults quote what the author wrote and guess what was meant."""

from collections.abc import Collection
from difflib import get_close_matches

_LONGEST = 40

# Guessing what was meant takes time; a table with more slips than this is best read again as a whole.
GUESSES = 20


def shortened(text: str) -> str:
    """The author's own words on one line, cut where they are long."""
    line = "".join(character if character.isprintable() else "□" for character in text[: _LONGEST + 1])
    return line if len(text) <= _LONGEST else line[:_LONGEST] + "…"


def quoted(text: str) -> str:
    """The author's own words in quotation marks."""
    return f"“{shortened(text)}”"


def nearest(word: str, options: Collection[str]) -> str | None:
    """The option that `word` is probably a slip of, if any."""
    close = get_close_matches(word[:_LONGEST].lower(), options, n=1)
    return close[0] if close else None


def near(word: str, options: Collection[str]) -> str:
    """A guess to append to a fault: （是否应为“bnu”？）, or nothing."""
    guess = nearest(word, options)
    return f"（是否应为“{guess}”？）" if guess else ""
