"""方案核对: all faults of a scheme at once, one per cause, each naming its entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from .checks import course, dates, identity, roster
from .checks.form import read_table
from .checks.references import References, resolve
from .checks.said import Fault, Said
from .keys import SCHEME
from .toml import NotToml, load

Check = Callable[[Said, References], None]

CHECKS: Final[tuple[Check, ...]] = (
    roster.one_lead,
    roster.pairs,
    roster.supported_schools,
    roster.former_names,
    course.posts,
    course.circles,
    course.obligations,
    roster.oddities,
)


@dataclass(frozen=True)
class Report:
    """核对结果: what was found, in the order of the form."""

    found: tuple[Fault, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What keeps the scheme from being applied."""
        return tuple(fault for fault in self.found if not fault.warning)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What is allowed but seldom meant."""
        return tuple(fault for fault in self.found if fault.warning)

    @property
    def is_sound(self) -> bool:
        """Whether the scheme may be read and applied."""
        return not self.faults

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.found)


def check(text: str | bytes) -> Report:
    """Everything wrong with the text of a scheme, whatever it is; never raises."""
    try:
        top = read_table(SCHEME, load(text))
    except NotToml as error:
        return Report((Fault(f"line {error.line}", error.sentence),))
    identity.reserved(top)
    identity.distinct(top)
    dates.order(top)
    references = resolve(top)
    for look in CHECKS:
        look(top, references)
    return Report(tuple(fault for said in top.all() for fault in said.found))
