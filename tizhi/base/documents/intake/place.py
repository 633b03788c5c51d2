"""归位: the parts of a Word file laid into the sections of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from .likeness import Likeness
from .model import Heading, Outline, Placed, Went

_ENOUGH: Final = 0.42  # likeness from which a part belongs to a section
_SURE: Final = 0.6  # from which the headings below it go along whatever they say
_RIVAL: Final = 0.4  # of a second section, from which a heading names two
_DEEPEST: Final = 4
_PICTURE = re.compile(r'<img src="/files/([0-9]+)/"[^>]*>')


@dataclass
class _Tree:
    """A heading and those below it."""

    heading: Heading
    below: list[_Tree] = field(default_factory=list)
    key: str = ""
    likeness: float = 0.0
    is_root: bool = False  # the highest of those that go to its section together

    def all(self) -> Iterator[_Tree]:
        """This one and all below it, in order."""
        yield self
        for each in self.below:
            yield from each.all()


def place(outline: Outline, sections: Sequence[tuple[str, str]]) -> Placed:
    """Lay the parts into the sections (key, name); the headings below a part go along, as h3 and h4.

    A part that names no section is looked into: what stands below it may. What nothing fits is `unplaced`.
    """
    likeness = Likeness(sections)
    trees = _trees(outline.parts)
    for tree in trees:
        _settle(tree, likeness, "")
    every = [each for tree in trees for each in tree.all()]
    html = {key: "" for key, _ in sections}
    roots = [each for each in every if each.is_root and each.key]
    for root in roots:
        shares = sum(other.key == root.key for other in roots) > 1
        html[root.key] += _written(root, 3, titled=shares)
    unplaced = tuple((each.heading.text, each.heading.html) for each in every if not each.key)
    went = tuple(Went(each.heading, each.key, round(each.likeness, 2)) for each in every)
    return Placed({key: text for key, text in html.items() if text}, unplaced, went)


def with_pictures(html: str, files: Mapping[int, int]) -> str:
    """`html` with the ids of stored files in place of the numbers of pictures; pictures not stored are left out."""

    def shown(found: re.Match[str]) -> str:
        file = files.get(int(found[1]))
        return found.group().replace(f"/files/{found[1]}/", f"/files/{file}/") if file is not None else ""

    return _PICTURE.sub(shown, html)


def _trees(parts: Sequence[Heading]) -> list[_Tree]:
    roots: list[_Tree] = []
    path: list[_Tree] = []
    for part in parts:
        while path and path[-1].heading.level >= part.level:
            path.pop()
        (path[-1].below if path else roots).append(tree := _Tree(part))
        path.append(tree)
    return roots


def _settle(tree: _Tree, likeness: Likeness, above: str, *, is_held: bool = False) -> None:
    """Find the section of a heading; one that is unsure of itself lets those below it go their own way."""
    first, second = [*likeness.best(tree.heading.text), (0.0, ""), (0.0, "")][:2]
    own = first[1] if first[0] >= _ENOUGH else ""
    if is_held or (above and (not own or first[0] < _SURE)):
        tree.key = above
    else:
        tree.key, tree.likeness = own, first[0]
    tree.is_root = tree.key != above
    holds = is_held or (tree.key != "" and first[0] >= _SURE and second[0] < _RIVAL and tree.key == own)
    for each in tree.below:
        _settle(each, likeness, tree.key, is_held=holds)


def _written(tree: _Tree, level: int, *, titled: bool) -> str:
    """The text of a part, and of those below it that go to the same section."""
    title = f"<h{level}>{escape(tree.heading.text, quote=False)}</h{level}>" if titled else ""
    deeper = min(level + titled, _DEEPEST)
    below = (_written(each, deeper, titled=True) for each in tree.below if each.key == tree.key and not each.is_root)
    return title + tree.heading.html + "".join(below)
