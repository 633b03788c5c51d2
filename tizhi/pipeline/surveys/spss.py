"""SPSS 文件: named columns with their labels as a .sav, through pyreadstat.

pyreadstat takes any frame that narwhals knows; a frame of plain lists is enough for it, so no data frame library is
brought in for one export.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

import narwhals.stable.v2 as narwhals
import pyreadstat
from narwhals.utils import Version

Measure = Literal["nominal", "ordinal", "scale"]


@dataclass(frozen=True)
class Variable:
    """A column: its SPSS name, its label, what its numbers mean; `values` are floats, or texts; None is missing."""

    name: str
    label: str
    values: Sequence[float | str | None]
    labels: Mapping[float, str] = field(default_factory=dict)
    measure: Measure = "nominal"
    is_text: bool = False
    decimals: int = 0


def write_sav(title: str, variables: Sequence[Variable]) -> bytes:
    """The .sav of `variables`, all of one length."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        pyreadstat.write_sav(
            _Frame(variables),
            str(path),
            file_label=_cut(title, 64),
            column_labels=[_cut(one.label, 250) for one in variables],
            variable_value_labels={
                one.name: {float(code): _cut(text, 118) for code, text in one.labels.items()}
                for one in variables
                if one.labels
            },
            variable_measure={one.name: one.measure for one in variables},
            variable_format={one.name: f"F10.{one.decimals}" for one in variables if not one.is_text},
            row_compress=True,
        )
        return path.read_bytes()


def _cut(text: str, most: int) -> str:
    """`text` in so many bytes of UTF-8, as the format measures."""
    return text.encode()[:most].decode(errors="ignore")


class _Column:
    """As much of a narwhals series as a writer asks for."""

    _version = Version.V2

    def __init__(self, name: str, values: Sequence[Any], is_text: bool) -> None:
        self.name, self._values, self._is_text = name, values, is_text

    @property
    def dtype(self) -> Any:
        return narwhals.String() if self._is_text else narwhals.Float64()

    def __narwhals_series__(self) -> Self:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def null_count(self) -> int:
        return sum(value is None for value in self._values)

    def drop_nulls(self) -> _Column:
        return _Column(self.name, [value for value in self._values if value is not None], self._is_text)


class _Implementation:
    """The kind of frame a writer knows in which nothing is None, never NaN."""

    def is_pandas(self) -> bool:
        return False

    def is_polars(self) -> bool:
        return True


class _Frame:
    """As much of a narwhals frame as a writer asks for."""

    _implementation, _version = _Implementation(), Version.V2

    def __init__(self, variables: Sequence[Variable]) -> None:
        self._variables = variables

    def __narwhals_dataframe__(self) -> Self:
        return self

    def __native_namespace__(self) -> None:
        return None

    def _with_version(self, version: Any) -> Self:
        return self

    @property
    def columns(self) -> list[str]:
        return [one.name for one in self._variables]

    @property
    def native(self) -> Self:
        return self

    def __len__(self) -> int:
        return len(self._variables[0].values) if self._variables else 0

    def iter_columns(self) -> Iterator[_Column]:
        return (_Column(one.name, one.values, one.is_text) for one in self._variables)

    def iter_rows(self, *, named: bool = False, buffer_size: int = 512) -> Iterator[tuple[Any, ...]]:
        return zip(*(one.values for one in self._variables), strict=True)
