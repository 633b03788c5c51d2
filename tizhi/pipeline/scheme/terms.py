"""用语: the closed lists a scheme chooses from, each word with its Chinese; pages and documents print from here."""

from collections.abc import Mapping
from typing import Final

ROLES: Final[Mapping[str, str]] = {
    "lead": "牵头高校",
    "partner": "重点联系院校",
    "supported": "重点支持院校",
    "department": "省级教育行政部门",
    "authority": "主管部门",
}

# The areas that every cluster of the programme has, and the letter of each one's colour; the "X" is "x".
AREA_MARKS: Final[Mapping[str, str]] = {"talent": "t", "disciplines": "d", "basic-education": "b", "management": "m"}

UNIT_KINDS: Final[Mapping[str, str]] = {
    "university": "高校",
    "department": "教育厅（委）",
    "ministry": "教育部",
}

# `department` is a role and a kind: the role's word is the one shown.
ROLES_AND_KINDS: Final[Mapping[str, str]] = {**UNIT_KINDS, **ROLES}

_POWERS: Final[Mapping[str, tuple[str, str]]] = {
    "read-cluster": ("阅读组团", "阅读组团内全部工作，联系人电话和未完成的评审除外"),
    "secretariat": ("秘书处", "接收、发布动态，编制、印发报告，召集会议，催办，免除"),
    "approve-unit": ("审签本单位", "审签本单位对外报送的内容"),
    "report-unit": ("本单位填报", "为本单位填报；小组团办公室、项目组为其所联系的院校填报"),
    "people-unit": ("本单位人员", "维护本单位的人员和联系人"),
    "pair": ("小组团", "办理本小组团的工作：调研、提质计划、阅读和点评动态"),
    "assign-experts": ("指派专家", "指派专家承担评审和问诊"),
    "expert": ("专家", "阅读并评审指派给自己的材料"),
    "project": ("项目", "办理本项目组的项目，不论服务哪所院校"),
    "read-province": ("阅读本省", "阅读本省各单位的工作"),
    "read-issued": ("阅读已印发", "只阅读已印发的报告"),
}
POWERS: Final[Mapping[str, str]] = {power: word for power, (word, _) in _POWERS.items()}
POWER_SCOPES: Final[Mapping[str, str]] = {power: scope for power, (_, scope) in _POWERS.items()}

PERIODS: Final[Mapping[str, str]] = {"quarter": "季度", "half-year": "半年", "year": "年度"}

TOWARD: Final[Mapping[str, str]] = {
    "paired-school": "所结对的重点支持院校",
    "any-supported-school": "任意一所重点支持院校",
    "each-supported-school": "每一所重点支持院校",
}

DUE_AFTER: Final[Mapping[str, str]] = {
    "period-end": "本期结束后",
    "period-start": "本期开始后",
    "start": "组团启动后",
}

ACTIVITY_KINDS: Final[Mapping[str, str]] = {
    "field-study": "调研",
    "meeting": "会议",
    "training": "培训",
    "exchange": "人员交流",
    "joint-research": "协同教研",
    "joint-students": "学生联合培养",
    "lecture": "讲座",
    "expert-guidance": "专家指导",
    "other": "其他",
}

MODES: Final[Mapping[str, str]] = {"on-site": "现场", "online": "线上", "both": "线上线下结合"}

STUDY_ROUNDS: Final[Mapping[str, str]] = {
    "first": "第一轮调研",
    "second": "第二轮调研",
    "implementation": "实施阶段调研",
}

STUDY_TEAMS: Final[Mapping[str, str]] = {"expert": "专家团队"}

TEXT_STATES: Final[Mapping[str, str]] = {"submitted": "已提交", "accepted": "已通过"}

CONCLUSIONS: Final[Mapping[str, str]] = {"passed": "通过"}

REPORTS: Final[Mapping[str, str]] = {"quarterly": "季度报告", "year": "年度报告"}

REPORT_STATES: Final[Mapping[str, str]] = {"issued": "已印发", "sent": "已报送"}

MEETINGS: Final[Mapping[str, str]] = {"joint-conference": "联席会议"}

MEETING_STATES: Final[Mapping[str, str]] = {"held": "已召开"}

NO_APPROVAL: Final = "none"
