"""模板用词: dates, periods and numbers as the office writes them."""

from django import template

register = template.Library()
