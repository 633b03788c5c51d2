"""调研的地址。"""

from django.urls import URLPattern

app_name = "studies"
urlpatterns: list[URLPattern] = []
