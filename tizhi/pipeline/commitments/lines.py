"""承诺的行: a commitment, and several, as pages and tables tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from tizhi.base.kit import clock, words

from . import queries, rules
from .models import Commitment, Feedback


@dataclass(frozen=True)
class Line:
    """A commitment as tables tell it."""

    commitment: Commitment
    standing: rules.Standing

    @property
    def schools(self) -> list[str]:
        """The schools it names, by short name."""
        return [one.unit.called for one in self.commitment.units.all()]

    @property
    def schools_words(self) -> str:
        """For whom, in words."""
        return rules.schools_words(self.schools)

    @property
    def delivered(self) -> Decimal | None:
        """How much has come, in 万元."""
        return self.commitment.delivered

    @property
    def share(self) -> Decimal | None:
        """Which part of the money has come, 0–1."""
        return rules.share(self.delivered, self.commitment.amount)

    @property
    def share_words(self) -> str:
        """60%; empty where there is no share."""
        return words.percent(self.share, 0) if self.share is not None else ""

    @property
    def amount_words(self) -> str:
        """300万元; empty where none was promised."""
        return rules.money(self.commitment.amount) if self.commitment.amount is not None else ""

    @property
    def delivered_words(self) -> str:
        """已到位120万元; empty where nothing was told."""
        return rules.money(self.delivered) if self.delivered is not None else ""

    @property
    def receipts(self) -> list[Feedback]:
        """What each school said last of whether it came."""
        last = {one.unit_id: one for one in self.commitment.feedback.all() if one.receipt}
        return list(last.values())

    @property
    def missing(self) -> list[str]:
        """The schools that say nothing has come."""
        return [one.unit.called for one in self.receipts if one.unit and one.receipt == Feedback.Receipt.MISSING]


def line_of(commitment: Commitment) -> Line:
    """One as it stands today."""
    return Line(commitment, rules.standing(commitment, clock.today()))


def lines_of(commitments: QuerySet[Commitment]) -> list[Line]:
    """As tables tell them, in order; the same number of queries for any number."""
    return [line_of(one) for one in queries.in_order(queries.in_full(commitments))]


@dataclass(frozen=True)
class Sums:
    """Several commitments in figures; what was withdrawn counts nowhere. Money in 万元, where a sum was promised."""

    total: int
    done: int
    late: int
    promised: Decimal
    delivered: Decimal

    @property
    def promised_words(self) -> str:
        """300万元; empty where no sum was promised."""
        return rules.money(self.promised) if self.promised else ""

    @property
    def delivered_words(self) -> str:
        """120万元."""
        return rules.money(self.delivered)


def sums_of(told: Iterable[Line]) -> Sums:
    """The figures of `told`."""
    standing = [one for one in told if one.standing.code != "withdrawn"]
    codes = [one.standing.code for one in standing]
    funded = [one for one in standing if one.commitment.amount is not None]
    return Sums(
        total=len(standing),
        done=codes.count("done"),
        late=codes.count("late"),
        promised=sum((one.commitment.amount or Decimal(0) for one in funded), Decimal(0)),
        delivered=sum((one.delivered or Decimal(0) for one in funded), Decimal(0)),
    )
