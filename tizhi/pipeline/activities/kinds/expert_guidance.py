"""专家指导: experts who look at lessons, applications, accreditation on the spot or from afar [四(五)2]."""

from ..kind import Figure, Kind

EXPERT_GUIDANCE = Kind(
    "expert-guidance",
    "专家指导",
    "bulb",
    figures=(
        Figure("experts", "专家", "人", required=True),
        Figure("sessions", "指导", "次"),
        Figure("opinions", "提出意见", "条"),
        Figure("guided", "受指导教师", "人"),
    ),
    visits=True,
)
