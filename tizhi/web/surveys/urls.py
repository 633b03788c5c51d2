"""问卷的地址。"""

from django.urls import URLPattern

app_name = "surveys"
urlpatterns: list[URLPattern] = []
