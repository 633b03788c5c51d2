"""人员交流: staff on secondment, visiting scholars, flexible recruitment [三(一)]."""

from ..kind import Figure, Kind

EXCHANGE = Kind(
    "exchange",
    "人员交流",
    "arrows-exchange",
    figures=(
        Figure("people", "交流人员", "人", required=True),
        Figure("officials", "其中干部", "人"),
        Figure("days", "每人时长", "天", total="none", most=3660),
    ),
)
