"""调研的地址。"""

from django.urls import path

from . import entry, lists, records

app_name = "studies"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("export/", lists.exported, name="export"),
    path("new/", entry.new, name="new"),
    path("new/autosave/", entry.autosave, name="begin"),
    path("finding/<int:pk>/", records.finding, name="finding"),
    path("finding/<int:pk>/remove/", records.remove_finding, name="remove-finding"),
    path("<int:pk>/", records.show, name="show"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
    path("<int:pk>/edit/autosave/", entry.autosave, name="autosave"),
    path("<int:pk>/report/", records.report, name="report"),
    path("<int:pk>/finding/", records.add_finding, name="add-finding"),
    path("<int:pk>/<slug:name>/", records.act, name="act"),
]
