"""账号与一次性链接。"""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes accounts; names and addresses are compared without regard to case, so they are kept in lower case."""

    def create_user(self, username: str, password: str | None = None, email: str = "", **given: object) -> "User":
        """An account; without a password it can only be entered by a one-time link that sets one."""
        user = self.model(username=self.model.normalize_username(username).lower(), email=email.lower(), **given)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """One account of one person. There are no shared accounts."""

    username = models.CharField("用户名", max_length=150, unique=True)
    email = models.EmailField("邮箱", blank=True)
    name = models.CharField("姓名", max_length=60, blank=True)
    is_administrator = models.BooleanField("系统管理员", default=False)
    is_active = models.BooleanField("启用", default=True)
    date_joined = models.DateTimeField("开通时间", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.name or self.username


class OneTimeLink(models.Model):
    """A link that lets one account in once: invitation, new password, sign-in. Only its hash is kept."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation", "邀请"
        PASSWORD = "password", "重设密码"
        SIGNIN = "signin", "登录"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="账号")
    purpose = models.CharField("用途", max_length=12, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField("生成时间")
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "一次性链接"
        verbose_name_plural = "一次性链接"

    def __str__(self) -> str:
        return f"{self.user}的{self.get_purpose_display()}链接"
