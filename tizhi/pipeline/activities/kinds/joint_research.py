"""协同教研: shared lessons and teaching research between schools [三(二)]."""

from ..kind import Figure, Kind

JOINT_RESEARCH = Kind(
    "joint-research",
    "协同教研",
    "books",
    figures=(
        Figure("people", "参加教师", "人", required=True),
        Figure("sessions", "教研活动", "场", required=True),
        Figure("lessons", "研讨课例", "节"),
    ),
)
