"""调研的东西: what the table of doors finds of studies."""

from .building import finding, study


def things() -> dict[str, object]:
    """A recorded study with a finding, a draft, one in the bin."""
    recorded = study()
    return {
        "study-recorded": recorded.pk,
        "study-finding": finding(recorded).pk,
        "study-draft": study(recorded_at=None).pk,
        "study-binned": study(recorded_at=None, binned_at=recorded.created_at).pk,
    }
