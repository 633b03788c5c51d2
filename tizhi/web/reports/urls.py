"""季度报告的页面地址。"""

from django.urls import path

from . import compose, course, parts, quarters, sending, text, tray

app_name = "reports"
urlpatterns = [
    path("", quarters.listed, name="list"),
    path("of/<str:period>/", quarters.of_period, name="of-period"),
    path("<int:pk>/", quarters.overview, name="overview"),
    path("<int:pk>/text/", text.show, name="show"),
    path("<int:pk>/word/", text.word, name="word"),
    path("<int:pk>/compose/", compose.desk, name="compose"),
    path("<int:pk>/draft/", compose.draft, name="draft"),
    path("<int:pk>/adopt/", tray.adopt_rest, name="adopt-rest"),
    path("<int:pk>/activities/<int:activity>/adopt/", tray.adopt_one, name="adopt"),
    path("<int:pk>/activities/<int:activity>/leave-out/", tray.leave_out_one, name="leave-out"),
    path("<int:pk>/parts/", parts.add, name="add-part"),
    path("parts/<int:pk>/edit/", parts.edit, name="edit-part"),
    path("parts/<int:pk>/autosave/", parts.autosave, name="autosave-part"),
    path("parts/<int:pk>/place/", parts.place, name="place-part"),
    path("parts/<int:pk>/remove/", parts.remove, name="remove-part"),
    path("parts/<int:pk>/restore/", parts.restore, name="restore-part"),
    path("<int:pk>/sending/", sending.record, name="sending"),
    path("<int:pk>/issue/", course.issued, name="issue"),
    path("<int:pk>/<slug:name>/", course.act, name="act"),
]
