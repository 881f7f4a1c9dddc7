"""Run a kept database as the demonstration runs, without the files that a served page needs."""

import os

os.environ.setdefault("DIAPASON_SECRET_KEY", "only-for-the-kept-databases-" + "x" * 50)

from diapason.settings.demo import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
