"""系统管理的地址。"""

from django.urls import path

from . import system

app_name = "system"
urlpatterns = [
    path("accounts/", system.accounts, name="accounts"),
    path("accounts/<int:pk>/close/", system.close, name="close"),
    path("accounts/<int:pk>/reopen/", system.reopen, name="reopen"),
    path("accounts/<int:pk>/unlock/", system.unlock, name="unlock"),
    path("secretariat/<slug:key>/", system.secretariat, name="secretariat"),
]
