"""Run the tests: a throw-away folder, cheap passwords, either database."""

import os
import tempfile
from pathlib import Path

from babel.messages import mofile, pofile

_data = os.environ.get("DIAPASON_TEST_DATA") or tempfile.mkdtemp(prefix="diapason-test-")
os.environ["DIAPASON_DATA"] = _data
os.environ.setdefault("DIAPASON_SECRET_KEY", "only-for-the-tests-" + "x" * 50)

from diapason.settings.product import *  # noqa: E402
from diapason.settings.product import DATA, DIAPASON, ROOT, postgresql, sqlite  # noqa: E402


def compile_translations() -> None:
    """Compile the translations that are newer than what was compiled: tests read pages in French."""
    for source in ROOT.glob("diapason/**/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file, tempfile.NamedTemporaryFile(dir=source.parent, delete=False) as fresh:
            mofile.write_mo(fresh, pofile.read_po(file, locale=source.parts[-3]))
        Path(fresh.name).replace(compiled)


compile_translations()
DIAPASON.update(demonstration=True, fictional=True, require_mfa=False)
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
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
