"""Every test of the ledger founds its cluster itself: since when the platform knows it is what they are about."""

import pytest


@pytest.fixture(autouse=True)
def _nothing_known_yet(request: pytest.FixtureRequest) -> None:
    """Without the cluster that other tests begin with; only where a test has a database."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("bare")
