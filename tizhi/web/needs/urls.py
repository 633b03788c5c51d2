"""需求诊断的地址。"""

from django.urls import URLPattern

app_name = "needs"
urlpatterns: list[URLPattern] = []
