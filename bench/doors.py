"""门的测量: every address of the platform tried by those who must not know of a review that runs."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .figure import Figure
from .sample import ROOT

TRIED = 1500
PEOPLE = 13


def of_a_secret_review() -> list[Figure]:
    """Doors tried around a running review by conflicted and other people who must not know of it, and what leaked."""
    with tempfile.TemporaryDirectory(prefix="tizhi-bench-") as place:
        told = Path(place) / "told.jsonl"
        command = [sys.executable, "-m", "pytest", "-q", "-k", "test_behind", "tests/reviews/test_leaks.py"]
        environment = {**os.environ, "TIZHI_DOORS_TOLD": str(told)}
        subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        found = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    return [
        Figure("people who must not know", len(found), "", PEOPLE, "higher"),
        Figure("doors tried", sum(one["doors"] for one in found), "", TRIED, "higher"),
        Figure("leaks", sum(one["leaks"] for one in found), "", 0),
    ]
