"""一校一策的地址。"""

from django.urls import URLPattern

app_name = "plans"
urlpatterns: list[URLPattern] = []
