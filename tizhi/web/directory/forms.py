"""通讯录表单: one person, one appointment, one end, a sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy

from tizhi.base.kit import clock
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Post
from tizhi.web.frame.widgets import DayInput, Picker


class PersonForm(forms.ModelForm):
    """Name, department, post in words, mail and number."""

    class Meta:
        model = Person
        fields = ["name", "department", "title", "phone", "email"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "phone": "11位手机号码；固定电话请写区号。对本单位以外的人员部分隐藏。",
            "email": "可以用来登录；配置了邮件的，通知和重设密码的链接会发到这里。",
        }

    def clean(self) -> dict[str, Any]:
        # What may stand in a field is said once, by the action.
        return self.cleaned_data


class NewPersonForm(PersonForm):
    """The same, for somebody new."""

    is_namesake = forms.BooleanField(label="与已有人员同名，确为另一人", required=False)


class TermForm(forms.Form):
    """From–to, the real post in words, and whether it is held for somebody else."""

    begins = forms.DateField(label="起任日期", widget=DayInput())
    ends = forms.DateField(label="止期", widget=DayInput(), required=False, help_text="没有任期的留空，离任时再填。")
    title = forms.CharField(label="实际职务", max_length=80, required=False, help_text="如：副校长、教务处处长。")
    is_acting = forms.BooleanField(label="代管（临时代行职责，须写明止期）", required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["begins"].initial = clock.today()


class AppointForm(TermForm):
    """A post of a unit for somebody of the unit."""

    def __init__(self, *args: Any, posts: list[Post], **given: Any) -> None:
        super().__init__(*args, **given)
        self.posts = {str(one.pk): one for one in posts}
        self.fields["post"] = forms.ChoiceField(
            label="职务", choices=[("", "请选择"), *((key, one.name) for key, one in self.posts.items())]
        )
        self.order_fields(["post", "begins", "ends", "title", "is_acting"])

    def clean_post(self) -> Post:
        """The post that was chosen."""
        return self.posts[self.cleaned_data["post"]]


class SitForm(TermForm):
    """A seat of a body for somebody."""

    def __init__(self, *args: Any, people: QuerySet[Person], **given: Any) -> None:
        super().__init__(*args, **given)
        picker = Picker(url=reverse_lazy("directory:pick-people"))
        self.fields["person"] = PersonChoice(people, label="人员", widget=picker, empty_label="请输入姓名或拼音首字母")
        self.order_fields(["person", "begins", "ends", "title", "is_acting"])


class PersonChoice(forms.ModelChoiceField):
    """A person with the unit."""

    def label_from_instance(self, obj: Person) -> str:  # type: ignore[override]
        """赵晓（安徽师范大学）."""
        return f"{obj.name}（{obj.unit.called}）"


class EndForm(forms.Form):
    """The last day of an appointment, and why."""

    ends = forms.DateField(
        label="止期（在任的最后一天）", widget=DayInput(), help_text="可以填将来的日期，到期自动离任。"
    )
    note = forms.CharField(label="原因", max_length=200, help_text="如：工作调整、任期届满。")


class AssistForm(forms.Form):
    """For whom a secretary enters."""

    def __init__(self, *args: Any, leaders: list[Appointment], **given: Any) -> None:
        super().__init__(*args, **given)
        self.leaders = {str(one.pk): one for one in leaders}
        choices = [("", "不代录"), *((key, _called(one)) for key, one in self.leaders.items())]
        self.fields["leader"] = forms.ChoiceField(
            label="为谁代录", choices=choices, required=False,
            help_text="代录的事项在留痕中注明“代录”，由本人确认，或补附签字件。",
        )  # fmt: skip

    def clean_leader(self) -> Appointment | None:
        """The post entered for; None for nobody."""
        return self.leaders.get(self.cleaned_data["leader"])


def _called(held: Appointment) -> str:
    return f"{held.person.name}（{held.place}{held.post_name}）"


class UserNameForm(forms.Form):
    """The user name of a new account."""

    username = forms.CharField(
        label="用户名", max_length=150, required=False, help_text="不填时用邮箱；没有邮箱的用姓名的全拼。"
    )


class SheetForm(forms.Form):
    """An uploaded sheet of people."""

    file = forms.FileField(label="Excel 文件", widget=forms.FileInput(attrs={"accept": ".xlsx"}))


class ExportForm(forms.Form):
    """What a list of contacts is taken out for, and for whom."""

    purpose = forms.CharField(label="用途", max_length=100, help_text="如：召开联席会议，发会议通知。")
    receiver = forms.CharField(label="接收方", max_length=80, help_text="交给谁使用；只自己用的写“本人”。")

    @property
    def note(self) -> str:
        """Both, as history keeps them."""
        return f"用途：{self.cleaned_data['purpose']}；接收方：{self.cleaned_data['receiver']}"


class PaperForm(forms.Form):
    """A signed paper."""

    file = forms.FileField(label="签字件", help_text="扫描件或照片，PDF 或图片。")
