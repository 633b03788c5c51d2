"""Settings of the tests: the real ones, with a quick hasher, plain static files and a throw-away home."""

import os
import tempfile

os.environ.setdefault("TIZHI_TRIAL", "1")
os.environ.setdefault("TIZHI_HOME", tempfile.mkdtemp(prefix="tizhi-test-"))

from tizhi.config.settings import *  # noqa: F403
from tizhi.config.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # An in-memory database needs neither a journal nor a sync.
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
