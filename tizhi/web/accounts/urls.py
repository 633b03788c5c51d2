"""登录的地址: allauth's names, so that its flows find them; what is not named here does not exist."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", views.closed, name="account_inactive"),
    path("link/<str:secret>/", views.link, name="account_link"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/set/", views.first_password, name="account_set_password"),
    path("password/reset/", views.forgotten, name="account_reset_password"),
    path("password/reset/done/", views.link_sent, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_is_new, name="account_reset_password_from_key_done"),
]
