"""会议: working meetings, signings, summaries; the joint conference has a record of its own [四(二)]."""

from ..kind import Figure, Kind

MEETING = Kind(
    "meeting",
    "会议",
    "users-group",
    figures=(
        Figure("people", "参会人员", "人", required=True),
        Figure("matters", "议定事项", "项"),
    ),
)
