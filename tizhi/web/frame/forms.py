"""表单: one way of drawing fields."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every form with the templates of `web/frame/forms`."""
