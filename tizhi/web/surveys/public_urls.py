"""填写问卷的地址: short, for a QR code and a WeChat message."""

from django.urls import path

from . import answer

app_name = "q"
urlpatterns = [
    path("<slug:secret>/", answer.fill, name="fill"),
    path("<slug:secret>/save/", answer.autosave, name="save"),
]
