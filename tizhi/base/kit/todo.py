"""待办: one thing that waits for somebody, computed from a record's state and never stored."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Todo:
    """Verb, object, who sent it, by when, and the one page where it is done."""

    verb: str
    title: str
    about: str
    url_name: str
    url_args: tuple[object, ...] = ()
    due: date | None = None
    icon: str = "file-text"
    button: str = "办理"
