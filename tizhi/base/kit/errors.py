"""出错: the ways a request can fail by design. One place renders them for pages, one for the API."""

from collections.abc import Mapping


class RuleBroken(Exception):
    """The programme's rules forbid this; the text is a sentence the user can act on (422).

    `fields` maps a form field's name to its own sentence, where the fault belongs to a field.
    """

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields or {}


def require_sound(faults: Mapping[str, str], before: str = "") -> None:
    """RuleBroken with what is wrong with each field, the sentence begun with `before`; nothing where nothing is."""
    if faults:
        raise RuleBroken(f"{before}{'；'.join(faults.values())}。", dict(faults))


class Denied(Exception):
    """The actor may see the thing but not do this to it (403); carries the label of the action."""


class Stale(Exception):
    """Somebody changed the target after the actor read it (409); `target` is how it stands now."""

    def __init__(self, target: object) -> None:
        super().__init__("这条记录刚刚被他人修改过")
        self.target = target
