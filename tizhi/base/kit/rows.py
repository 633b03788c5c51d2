"""数据行: what rows of several stages share."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Versioned(models.Model):
    """A row edited by several people: an action checks `version` before it writes and raises it after."""

    version = models.PositiveIntegerField("版次", default=1, editable=False)

    class Meta:
        abstract = True


def holding(day: date, of: str = "") -> Q:
    """That a dated row, or the one that the path `of` leads to, holds on `day`."""
    begun = Q((f"{of}begins__isnull", True)) | Q((f"{of}begins__lte", day))
    return begun & (Q((f"{of}ends__isnull", True)) | Q((f"{of}ends__gte", day)))


class DatedQuerySet(models.QuerySet[Row]):
    """Edges that hold from one day to another; both ends included, an open end holds for ever."""

    def on(self, day: date) -> Self:
        """Those that hold on `day`."""
        return self.filter(holding(day))

    def within(self, first: date, last: date) -> Self:
        """Those that hold on at least one day of first–last."""
        return self.filter(Q(begins__isnull=True) | Q(begins__lte=last), Q(ends__isnull=True) | Q(ends__gte=first))


# Named here, so that the types of what a manager finds reach the classes that inherit it.
DatedManager = models.Manager.from_queryset(DatedQuerySet)


class Dated(models.Model):
    """A fact with a first and a last day; nothing is overwritten, an end is set and a new row begins."""

    begins = models.DateField("自", null=True, blank=True)
    ends = models.DateField("至", null=True, blank=True)

    objects = DatedManager()

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether this holds on `day`."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day <= self.ends)
