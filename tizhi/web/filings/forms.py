"""季报材料表单: five short texts, or the statement that there is nothing to add."""

from django import forms

from tizhi.pipeline.filings.models import UnitInput
from tizhi.pipeline.filings.rules import TEXTS

EXAMPLES = {
    "highlights": "例：与阜阳师范大学共建的学前教育实训室投入使用，首批开放实训项目12个",
    "problems": "例：挂职教师的课时费没有列支渠道",
    "deviations": "例：原定9月的第二轮调研因防汛推迟到11月",
    "suggestions": "例：建议大组团统一安排跨校选课的学分互认",
    "next_steps": "例：11月完成年度计划自查，12月举办联合教研活动2场",
}


class InputForm(forms.ModelForm):
    """What a unit adds to a quarter; a draft may be unfinished, so nothing is required here."""

    class Meta:
        model = UnitInput
        fields = (*TEXTS, "is_nil")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS}
        help_texts = {
            **EXAMPLES,
            "is_nil": "除已报送的动态外，本单位没有需要补充的内容。审签后视为已报送，计入及时。",
        }
