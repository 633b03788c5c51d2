"""组团的地址。"""

from django.urls import path

from . import views

app_name = "cluster"
urlpatterns = [
    path("", views.home, name="home"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("overview/", views.overview, name="overview"),
]
