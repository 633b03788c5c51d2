"""组团的地址。"""

from django.urls import path

from . import bodies, views

app_name = "cluster"
urlpatterns = [
    path("", views.home, name="home"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/name/", bodies.rename, name="rename"),
    path("bodies/<int:pk>/found/<slug:declared>/", bodies.found, name="found"),
    path("bodies/<int:pk>/close/", bodies.close, name="close"),
    path("overview/", views.overview, name="overview"),
]
