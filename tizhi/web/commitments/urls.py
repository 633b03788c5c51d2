"""承诺事项的地址。"""

from django.urls import path

from . import entry, lists, province, records

app_name = "commitments"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("export/", lists.exported, name="export"),
    path("province/", province.own, name="own"),
    path("province/<int:unit>/", province.show, name="province"),
    path("new/", entry.new, name="new"),
    path("<int:pk>/", records.show, name="show"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
    path("<int:pk>/progress/", entry.progress, name="progress"),
    path("<int:pk>/remark/", records.remark, name="remark"),
    path("<int:pk>/<slug:name>/", records.act, name="act"),
]
