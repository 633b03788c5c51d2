"""登录: allauth's views with our templates; one-time links; what is shown while sign-in is suspended."""

from typing import Any

from allauth.account import views as allauth
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tizhi.base.accounts import links, lockout
from tizhi.web.frame.forms import form_status

from .adapter import Adapter
from .forms import NewPasswordForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

sign_in = allauth.LoginView.as_view(template_name="accounts/sign_in.html")
sign_out = allauth.LogoutView.as_view(template_name="accounts/sign_out.html")
closed = allauth.AccountInactiveView.as_view(template_name="accounts/closed.html")
change_password = allauth.PasswordChangeView.as_view(template_name="accounts/change_password.html")
first_password = allauth.PasswordSetView.as_view(template_name="accounts/change_password.html")
link_sent = allauth.PasswordResetDoneView.as_view(template_name="accounts/sent.html")
new_password = allauth.PasswordResetFromKeyView.as_view(template_name="accounts/new_password.html")
password_is_new = allauth.PasswordResetFromKeyDoneView.as_view(template_name="accounts/changed.html")
_by_mail = allauth.PasswordResetView.as_view(template_name="accounts/ask_by_mail.html")


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """A new password by mail; without a mail server, whom to ask."""
    if settings.HAS_MAIL:
        return _by_mail(request)
    return render(request, "accounts/ask_office.html")


@login_not_required
@never_cache
@sensitive_post_parameters()
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking at a link does not use it up, so that the preview of a chat does not; pressing its button does."""
    found = links.find(secret)
    if found is None:
        return render(request, "accounts/link_gone.html", status=410)
    form = None if found.purpose == links.Purpose.SIGNIN else NewPasswordForm(request.POST or None, user=found.user)
    if request.method == "POST" and (form is None or form.is_valid()):
        if not links.use(found):
            return render(request, "accounts/link_gone.html", status=410)
        if form:
            Adapter(request).set_password(found.user, form.cleaned_data["password1"])
        login(request, found.user, backend=BACKEND)
        return redirect("/")
    given = {"link": found, "form": form, "invited": found.purpose == links.Purpose.INVITATION}
    return render(request, "accounts/link.html", given, status=form_status(form) if form else 200)


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """429 while sign-in to an account from this address is suspended; the same for a name nobody has."""
    name, address = lockout.name_tried(request, credentials), lockout.address_of(request)
    minutes = lockout.minutes_left([name], address).get(name, settings.LOCKOUT_MINUTES)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
