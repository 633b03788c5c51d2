"""工作方案的地址。"""

from django.urls import path

from . import views

app_name = "scheme"
urlpatterns = [
    path("", views.versions, name="list"),
    path("load/", views.load, name="load"),
    path("<slug:key>/", views.show, name="show"),
    path("<slug:key>/<int:number>/", views.show, name="version"),
    path("<slug:key>/<int:number>/text/", views.text, name="text"),
]
