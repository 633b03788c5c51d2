"""计划安排的地址。"""

from django.urls import path

from . import entry, feed, lists, records

app_name = "agenda"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("export/", lists.exported, name="export"),
    path("new/", entry.new, name="new"),
    path("subscribe/", feed.about, name="feed"),
    path("subscribe/open/", feed.begin, name="open-feed"),
    path("subscribe/close/", feed.end, name="close-feed"),
    path("feed/<str:secret>.ics", feed.calendar, name="calendar"),
    path("<int:pk>/", records.show, name="show"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
    path("<int:pk>/move/", entry.move, name="move"),
    path("<int:pk>/brief/", entry.brief, name="brief"),
    path("<int:pk>/link/", entry.link, name="link"),
    path("<int:pk>/<slug:name>/", records.act, name="act"),
]
