"""登录表单: allauth's forms in our words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms

from tizhi.base.kit import clock
from tizhi.pipeline.scheme.models import Member, Seat
from tizhi.web.frame.widgets import DayInput

RULES = "至少10个字符，含字母、数字、符号中的两类；不要用姓名、用户名或常见的密码。"


def _call(field: forms.Field, label: str, help_text: str = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    """User name or mail, and password."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _call(self.fields["login"], "用户名或邮箱")
        _call(self.fields["password"], "密码")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}


class _Twice:
    """A new password typed twice."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _call(self.fields["password1"], "新密码", RULES)
        _call(self.fields["password2"], "再输一次新密码")

    def clean(self) -> dict[str, Any]:
        # Past allauth's own check, which says it in its own words.
        cleaned = super(allauth.PasswordVerificationMixin, self).clean()  # type: ignore[misc]
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "两次输入的密码不一致。")  # type: ignore[attr-defined]
        return cleaned


class ChangePasswordForm(_Twice, allauth.ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _call(self.fields["oldpassword"], "现用密码")


class NewPasswordForm(_Twice, allauth.ResetPasswordKeyForm):
    """A new password for whoever holds a link."""


class FirstPasswordForm(_Twice, allauth.SetPasswordForm):
    """A password for whoever came in by a link and has none yet."""


class AskForLinkForm(allauth.ResetPasswordForm):
    """The mail address to which a link is sent."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _call(self.fields["email"], "邮箱", "填写登记在通讯录里的邮箱，重设密码的链接会发到这里。")


class SecretariatForm(forms.Form):
    """The first member of the secretariat."""

    name = forms.CharField(label="姓名", max_length=60)
    title = forms.CharField(label="实际职务", max_length=80, required=False)
    email = forms.CharField(label="邮箱", max_length=254, required=False)
    phone = forms.CharField(label="手机", max_length=20, required=False)
    begins = forms.DateField(label="起任日期", widget=DayInput())

    def __init__(self, *args: Any, seats: list[Seat], members: list[Member], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["begins"].initial = clock.today()
        self.seats = {str(one.pk): one for one in seats}
        self.members = {str(one.pk): one for one in members}
        self.fields["seat"] = forms.ChoiceField(
            label="席位", choices=[(key, str(one)) for key, one in self.seats.items()]
        )
        self.fields["member"] = forms.ChoiceField(
            label="所在单位", choices=[(key, str(one)) for key, one in self.members.items()]
        )
        self.order_fields(["seat", "member", "name", "title", "email", "phone", "begins"])

    def clean_seat(self) -> Seat:
        """The seat that was chosen."""
        return self.seats[self.cleaned_data["seat"]]

    def clean_member(self) -> Member:
        """The unit that was chosen."""
        return self.members[self.cleaned_data["member"]]
