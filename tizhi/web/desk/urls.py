"""工作台的地址。"""

from django.urls import path

from . import leaders, views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="show"),
    path("leaders/", leaders.own, name="leaders"),
    path("leaders/<int:pk>/", leaders.show, name="leader"),
]
