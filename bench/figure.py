"""数字: what a measure answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Figure:
    """One figure and the target it is held against."""

    name: str
    value: float
    unit: str
    target: float
    better: Better = "lower"

    @property
    def is_met(self) -> bool:
        """Whether the value is on the good side of its target."""
        return self.value <= self.target if self.better == "lower" else self.value >= self.target


@dataclass(frozen=True)
class Measure:
    """Measures what belongs to one row of the capabilities; `is_long` ones run only with --full."""

    row: str
    run: Callable[[], list[Figure]]
    is_long: bool = False

    @property
    def words(self) -> str:
        """The first line of its docstring."""
        return (self.run.__doc__ or self.run.__name__).split("\n")[0]
