"""专家审核的地址。"""

from django.urls import URLPattern

app_name = "reviews"
urlpatterns: list[URLPattern] = []
