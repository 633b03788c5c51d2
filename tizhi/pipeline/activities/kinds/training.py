"""培训: teachers trained, the rural ones among them, hours [三(一), 三(三)]."""

from ..kind import Figure, Kind

TRAINING = Kind(
    "training",
    "培训",
    "school",
    figures=(
        Figure("trainees", "参训教师", "人", required=True),
        Figure("rural", "其中乡村教师", "人"),
        Figure("hours", "学时", "学时", required=True, places=1, most=2000, total="none"),
        Figure("teachers", "授课专家", "人"),
        Figure("sessions", "课程", "场"),
    ),
)
