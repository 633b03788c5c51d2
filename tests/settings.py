"""Settings of the tests: the real ones, with a quick hasher, plain static files and a throw-away home.

TIZHI_DATABASE_URL chooses the database as everywhere else. SQLite lies in a file, so that the threads of a live server
and the processes of a worker see the same rows as the test.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Never the home of an installation; a process that a test starts shares the test's.
if "TIZHI_TEST_HOME" not in os.environ:
    os.environ["TIZHI_TEST_HOME"] = tempfile.mkdtemp(prefix="tizhi-test-")
    atexit.register(shutil.rmtree, os.environ["TIZHI_TEST_HOME"], ignore_errors=True)
home = Path(os.environ["TIZHI_TEST_HOME"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ |= {"TIZHI_HOME": str(home), "TIZHI_TRIAL": "1"}

from tizhi.config.settings import *  # noqa: E402, F403
from tizhi.config.settings import DATABASES, STATIC_ROOT, STORAGES, TIZHI_HOME  # noqa: E402

Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(TIZHI_HOME / "test.sqlite3")}
    # As in earnest, but nobody waits for the disk: a power cut may lose a test's rows.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;",
    }
