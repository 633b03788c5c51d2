"""工作动态的地址。"""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import acts, entry, lists, records


class ActName(StringConverter):
    """The name of an act on a brief."""

    regex = "|".join(acts.BY_NAME)


register_converter(ActName, "activity-act")
app_name = "activities"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("export/", lists.exported, name="export"),
    path("new/", entry.new, name="new"),
    path("new/autosave/", entry.autosave, name="begin"),
    path("new/photos/", entry.upload, {"name": "photos"}, name="photos"),
    path("new/papers/", entry.upload, {"name": "papers"}, name="papers"),
    path("new/figures/", entry.part, {"name": "figures"}, name="figures"),
    path("new/area/", entry.part, {"name": "area"}, name="area"),
    path("new/due/", entry.part, {"name": "due"}, name="due"),
    path("<int:pk>/", records.show, name="show"),
    path("<int:pk>/print/", records.printed, name="print"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
    path("<int:pk>/edit/autosave/", entry.autosave, name="autosave"),
    path("<int:pk>/remark/", acts.remark, name="remark"),
    path("<int:pk>/<activity-act:name>/", acts.act, name="act"),
]
