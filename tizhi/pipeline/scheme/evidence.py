"""依据: what shows that a step of a plan or an obligation is done; each kind of evidence with its parameters.

A new kind is one entry of EVIDENCE (and one measure in the stage `obligations`).
"""

from collections.abc import Mapping
from typing import Final

from . import terms
from .grammar import Choice, Key, Many, Share, Table, Text, Yes, may, must
from .parts import AREA_ID, BODY_ID, COUNT, ITEM, PLAN_ID, POST_ID, STEP_ID

STEP_EVIDENCE: Final = Table(
    "step.evidence",
    "步骤的依据",
    (
        may("needs", COUNT, "已申报的需求不少于几条"),
        may("study", Choice("调研轮次", terms.STUDY_ROUNDS), "已完成的调研"),
        may("team", Choice("调研队伍", terms.STUDY_TEAMS), "调研由何队伍进行，与 `study` 连用"),
        may("text", Choice("文本状态", terms.TEXT_STATES), "计划文本的状态"),
        may("confirmed", Yes(), "重点支持院校已确认"),
        may("conclusion", Choice("评审结论", terms.CONCLUSIONS), "专家评审的结论"),
        may("paper", Text(60), "须附的材料，可单用，也可与其他各项连用"),
    ),
    at_most_one=(("needs", "study", "text", "confirmed", "conclusion"),),
    at_least_one=(("needs", "study", "text", "confirmed", "conclusion", "paper"),),
    only_with=(("team", "study"),),
)

EVIDENCE: Final[Mapping[str, tuple[str, tuple[Key, ...]]]] = {
    "activity": (
        "开展活动",
        (
            must("activity", Choice("活动类别", terms.ACTIVITY_KINDS), "何种活动"),
            may("mode", Choice("方式", terms.MODES), "方式；不写即不限"),
            may("post", POST_ID, "须由何职务的人员参加；不写即不限"),
            may("stage", Choice("调研轮次", terms.STUDY_ROUNDS), "哪一轮调研；不写即不限"),
        ),
    ),
    "timely-briefs": (
        "动态及时报送",
        (may("share", Share(), "本期结束的活动中及时报送的比例，默认1.0"),),
    ),
    "unit-input": ("单位每期材料", ()),
    "report": (
        "汇总报告",
        (
            must("report", Choice("报告", terms.REPORTS), "何种报告"),
            must("state", Choice("报告状态", terms.REPORT_STATES), "办到何种程度"),
        ),
    ),
    "body": ("组建机构", (must("bodies", Many(BODY_ID), "须组建的机构"),)),
    "contacts": ("确认联系人", ()),
    "plan": (
        "计划办至某一步",
        (
            must("plan", PLAN_ID, "何种计划"),
            must("step", STEP_ID, "该计划的哪一步"),
        ),
    ),
    "project": ("设立项目", (may("area", AREA_ID, "属于何重点内容；不写即不限"),)),
    "training": ("参加培训", (may("item", ITEM, "属于何事项；不写即不限"),)),
    "monitoring": ("质量监测和诊断", ()),
    "consultations-answered": ("及时答复问诊", ()),
    "meeting": (
        "召开会议",
        (
            must("meeting", Choice("会议", terms.MEETINGS), "何种会议"),
            must("state", Choice("会议状态", terms.MEETING_STATES), "办到何种程度"),
        ),
    ),
}
EVIDENCE_KINDS: Final[Mapping[str, str]] = {kind: word for kind, (word, _) in EVIDENCE.items()}
_KIND: Final = must("kind", Choice("依据的种类", EVIDENCE_KINDS), "种类")
EVIDENCE_TABLES: Final[Mapping[str, Table]] = {
    kind: Table("evidence", word, (_KIND, *parameters)) for kind, (word, parameters) in EVIDENCE.items()
}
# What a kind of evidence is measured against must be declared.
EVIDENCE_NEEDS: Final[Mapping[str, str]] = {
    "timely-briefs": "briefs",
    "unit-input": "reports",
    "report": "reports",
    "contacts": "contacts",
    "consultations-answered": "consultations",
    "meeting": "conference",
}
