"""比对: two texts with what only one of them holds marked."""

from difflib import SequenceMatcher

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# Beyond this length the marks would cost more than they tell.
MOST = 6000


def marked(mine: str, theirs: str) -> tuple[SafeString, SafeString]:
    """Both texts, escaped, with `<mark>` around what the other lacks; without marks when they are very long."""
    if len(mine) + len(theirs) > MOST:
        return _join([(mine, False)]), _join([(theirs, False)])
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        left.append((mine[a:b], kind != "equal"))
        right.append((theirs[c:d], kind != "equal"))
    return _join(left), _join(right)


def _join(pieces: list[tuple[str, bool]]) -> SafeString:
    tags = (("mark" if only_here else "span", text) for text, only_here in pieces if text)
    return format_html_join("", "<{0}>{1}</{0}>", tags)
