"""其他: what none of the other kinds names."""

from ..kind import Figure, Kind

OTHER = Kind("other", "其他", "dots", figures=(Figure("people", "参加人员", "人"),))
