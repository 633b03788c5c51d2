"""页面框架的地址。"""

from django.urls import path

from . import views

app_name = "frame"
urlpatterns = [path("act-as/", views.act_as, name="act-as")]
