"""工作日历的登记。"""

from django.db import models


class DayMark(models.Model):
    """What the office entered for one day; it outranks the built-in calendar."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    name = models.CharField("说明", max_length=40, blank=True)

    class Meta:
        verbose_name = "工作日登记"
        verbose_name_plural = "工作日登记"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {'上班' if self.is_workday else '休息'}"
