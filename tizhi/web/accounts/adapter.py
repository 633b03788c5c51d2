"""登录适配: how allauth speaks, and that a password is set by an action like every other write."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from tizhi.base.accounts import register
from tizhi.base.accounts.lockout import address_of
from tizhi.base.accounts.models import User
from tizhi.pipeline.directory.actions import set_password
from tizhi.pipeline.directory.actors import actor_of

WRONG = f"用户名或密码不对。连续输错{settings.AXES_FAILURE_LIMIT}次，登录将暂停{settings.LOCKOUT_MINUTES}分钟。"
SAID = {
    "account/messages/password_changed.txt": "密码已更新，其他设备上的登录已退出。",
    "account/messages/password_set.txt": "密码已设置。",
}


class Adapter(DefaultAccountAdapter):
    """Sign-in without sign-up; nothing it says tells whether an account exists."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": "现用密码不对，请重新输入。",
        "incorrect_password": "现用密码不对，请重新输入。",
        "invalid_password_reset": "链接已失效，请重新申请。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by invitation only."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Set it by the action, so that history has it; `user` learns the new hash, which keeps its session."""
        request = context.request
        own = request.user == user
        acting = request.actor if own else actor_of(user, None, address_of(request) or "")  # type: ignore[attr-defined]
        user.password = set_password(acting, register.fresh(user), password=password).password

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to work."""
        return "/"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the address the installation is known by, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_ADDRESS.rstrip("/") + path.replace("UID-KEY", key)

    def send_mail(self, template_prefix: str, email: str, given: dict[str, Any]) -> None:
        """Our own words instead of allauth's."""
        super().send_mail(template_prefix.replace("account/email/", "accounts/mail/"), email, given)

    def add_message(self, request: HttpRequest, level: int, message_template: str = "", *_: Any, **__: Any) -> None:
        """Only what is worth saying."""
        if sentence := SAID.get(message_template):
            messages.add_message(request, level, sentence)
