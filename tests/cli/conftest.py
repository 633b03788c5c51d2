"""The command as a person runs it: a process of its own, with a home of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEY = "a-key-that-only-the-tests-know-0123456789-abcdefghij"


class Command:
    """Runs `tizhi …` on an empty home; the environment holds nothing but what is said here."""

    def __init__(self, home):
        self.home = home
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {**kept, "TIZHI_HOME": str(home), "PYTHONUTF8": "1"}

    def start(self, *words, **settings):
        """A process that goes on running."""
        return subprocess.Popen(
            [sys.executable, "-m", "tizhi.cli", *map(str, words)], cwd=ROOT, env={**self.environment, **settings},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __call__(self, *words, answer="", **settings):
        """Its exit code, what it said, and what it complained about."""
        process = self.start(*words, **settings)
        said, complained = process.communicate(answer, timeout=400)
        return process.returncode, said, complained


@pytest.fixture
def tizhi(tmp_path):
    """The command on a home where nothing is yet."""
    return Command(tmp_path / "home")


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory):
    home = tmp_path_factory.mktemp("migrated") / "home"
    assert Command(home)("migrate")[0] == 0
    return home


@pytest.fixture
def migrated(_migrated, tmp_path):
    """The command on a home of its own whose tables are made."""
    return Command(shutil.copytree(_migrated, tmp_path / "home"))
