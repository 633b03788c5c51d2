"""载入方案的表单: a file, then the same text again with the confirmation."""

from __future__ import annotations

from typing import Any

from django import forms

from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.check import Fault, check
from tizhi.pipeline.scheme.preview import Preview, preview
from tizhi.web.frame.forms import show_fault
from tizhi.web.frame.widgets import DayInput

MOST = 1_000_000


class LoadForm(forms.Form):
    """Takes a scheme and says what is wrong with it (`faults`) or what it would change (`preview`)."""

    file = forms.FileField(
        label="方案文件",
        help_text="扩展名为 .toml 的文本文件。先核对并显示变化，确认后才施行。",
        error_messages={"required": "请选择方案文件。", "empty": "文件是空的；请核对。"},
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
    )
    begins = forms.DateField(
        label="施行日期",
        required=False,
        widget=DayInput(),
        help_text="不填则自今天起施行；组团首次载入的，自组团启动之日起。",
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())
    after = forms.IntegerField(required=False, widget=forms.HiddenInput())

    faults: tuple[Fault, ...] = ()
    preview: Preview | None = None

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        # With the confirmation comes the text itself.
        self.fields["file"].required = not (data and data.get("text"))

    def clean(self) -> dict[str, Any]:
        """Read the text, check it, and work out what it would change."""
        given = super().clean() or {}
        file, text = given.get("file"), given.get("text", "")
        if file and file.size > MOST:
            self.add_error("file", "文件超过1兆字节，不像是一份方案；请核对文件。")
        elif not self.errors:
            self._look_at(file.read() if file else text, given)
        return given

    def _look_at(self, text: str | bytes, given: dict[str, Any]) -> None:
        self.faults = check(text).faults
        if self.faults:
            self.add_error("file", f"方案有{len(self.faults)}处问题，请全部改正后再载入。")
            return
        try:
            self.preview = preview(text, given.get("begins"))
        except RuleBroken as fault:
            show_fault(self, fault)
            return
        given["text"] = self.preview.text
