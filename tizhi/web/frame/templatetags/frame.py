"""模板构件: icons, buttons, the hidden fields of every form."""

from django import template

register = template.Library()
