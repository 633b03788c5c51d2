"""通知的地址。"""

from django.urls import path

from . import log, views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="list"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("read-all/", views.read_all, name="read-all"),
    path("log/", log.log, name="log"),
    path("log/<int:pk>/resend/", log.resend, name="resend"),
]
