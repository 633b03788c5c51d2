"""讲座: lectures and reports given for another school."""

from ..kind import Figure, Kind

LECTURE = Kind(
    "lecture",
    "讲座",
    "presentation",
    figures=(
        Figure("sessions", "讲座", "场", required=True),
        Figure("audience", "听众", "人次", required=True),
    ),
    visits=True,
)
