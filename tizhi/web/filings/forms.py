"""季报材料表单: five short texts, or the statement that there is nothing to add."""

from typing import Any

from django import forms

from tizhi.pipeline.filings.models import UnitInput
from tizhi.pipeline.filings.rules import REQUIRED, TEXTS

EXAMPLES = {
    "highlights": "例：与阜阳师范大学共建的学前教育实训室投入使用，首批开放实训项目12个",
    "problems": "例：挂职教师的课时费没有列支渠道",
    "deviations": "例：原定9月的第二轮调研因防汛推迟到11月",
    "suggestions": "例：建议大组团统一安排跨校选课的学分互认",
    "next_steps": "例：11月完成年度计划自查，12月举办联合教研活动2场",
}


class InputForm(forms.ModelForm):
    """What a unit adds to a quarter; a draft may be unfinished, what is required is asked when it is handed in."""

    use_required_attribute = False

    class Meta:
        model = UnitInput
        fields = (*TEXTS, "is_nil")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS}
        help_texts = {
            **EXAMPLES,
            "is_nil": "除已报送的动态外，本单位没有需要补充的内容。审签后视为已报送，计入及时。",
        }

    def full_clean(self) -> None:
        """Let an unfinished draft pass (`rules.faults` asks when it is handed in)."""
        self._show_required(False)
        super().full_clean()
        self._show_required(True)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._show_required(True)

    def _show_required(self, is_required: bool) -> None:
        for name in REQUIRED:
            self.fields[name].required = is_required
