"""Run the tests: a throw-away folder, cheap passwords, either database."""

import os
import tempfile

_data = os.environ.get("DIAPASON_TEST_DATA") or tempfile.mkdtemp(prefix="diapason-test-")
os.environ["DIAPASON_DATA"] = _data
os.environ.setdefault("DIAPASON_SECRET_KEY", "only-for-the-tests-" + "x" * 50)

from diapason.settings.product import *  # noqa: E402, F403
from diapason.settings.product import DATA, DIAPASON, postgresql, sqlite  # noqa: E402

DIAPASON.update(fictional=True, require_mfa=False)
_postgres = os.environ.get("DIAPASON_TEST_POSTGRES_ADDRESS", "")
_file = DATA / "test.sqlite3"
_database = postgresql(_postgres) if _postgres else sqlite(_file, synchronous="NORMAL")
_database["TEST"] = {} if _postgres else {"NAME": str(_file)}
DATABASES = {"default": _database}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
