"""工作日历的地址。"""

from django.urls import path

from . import views

app_name = "calendar"
urlpatterns = [
    path("", views.show, name="show"),
    path("<int:year>/", views.show, name="year"),
    path("<int:year>/notice/", views.notice, name="notice"),
    path("<int:year>/mark/", views.mark, name="mark"),
    path("marks/<int:pk>/clear/", views.clear, name="clear"),
]
