"""学生联合培养: exchange students, joint postgraduates, study tours [三(二)]."""

from ..kind import Figure, Kind

JOINT_STUDENTS = Kind(
    "joint-students",
    "学生联合培养",
    "user-star",
    figures=(
        Figure("students", "学生", "人", required=True),
        Figure("mentors", "指导教师", "人"),
        Figure("days", "时长", "天", total="none", most=3660),
    ),
)
