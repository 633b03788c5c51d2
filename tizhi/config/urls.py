"""地址: the pages."""

from django.urls import include, path

urlpatterns = [path("", include("tizhi.web.urls"))]
