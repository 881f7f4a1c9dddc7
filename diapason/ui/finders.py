"""Serve the few files that we use out of installed wheels, without copying them into the project."""

import importlib.util
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files import File
from django.core.files.storage import Storage

WHEELS: Final = {
    "vendor/bootstrap.min.css": ("bootstrap", "css/bootstrap.min.css"),
    "vendor/bootstrap.min.css.map": ("bootstrap", "css/bootstrap.min.css.map"),
    "vendor/htmx.min.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
    "vendor/inter.ttf": ("fontpkg_inter", "files/Inter[opsz,wght].ttf"),
}
"""Name below static/ → (package or folder of a wheel, path inside it)."""


def wheel_file(package: str, inside: str) -> Path:
    """Return the path of a file of an installed wheel; a folder without `__init__` counts too."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the wheel that holds {package} is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / inside


class WheelStorage(Storage):
    """Read the files named in WHEELS; nothing can be written."""

    prefix = ""

    @cached_property
    def files(self) -> dict[str, Path]:
        """Return name → path of every file."""
        return {name: wheel_file(*place) for name, place in WHEELS.items()}

    def path(self, name: str) -> str:
        """Return the path on disk."""
        return str(self.files[name])

    def exists(self, name: str) -> bool:
        """Tell whether the wheel has it."""
        return name in self.files and self.files[name].is_file()

    def get_modified_time(self, name: str) -> datetime:
        """Return when the wheel was installed."""
        return datetime.fromtimestamp(self.files[name].stat().st_mtime, tz=UTC)

    def _open(self, name: str, mode: str = "rb") -> File:
        return File(self.files[name].open("rb"), name=name)


class WheelFinder(BaseFinder):
    """Let staticfiles find the files of WHEELS."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = WheelStorage()

    def check(self, **kwargs: Any) -> list[Any]:
        """Report nothing: a missing wheel shows when its file is asked for."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the path on disk of a static file, [] when it is not one of ours."""
        if not self.storage.exists(path):
            return []
        found = self.storage.path(path)
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        """Yield every file for collectstatic."""
        for name in WHEELS:
            yield name, self.storage
