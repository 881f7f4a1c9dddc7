"""Keep charts on disk by the hash of what they show: specification first, picture when somebody looks.

A page writes the specification (a file, so that a page that cannot write to the database can) and never waits.
The first reader's browser asks for the picture; a short-lived process then draws every picture that is missing.
The key is the SHA-256 of the content: only who was shown a chart knows its address.
"""

import hashlib
import json
import logging
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings

VERSION = "3"
"""Part of every key: a new theme or renderer makes new pictures."""

KEY = re.compile(r"^[0-9a-f]{64}$")
log = logging.getLogger(__name__)
_drawing = threading.Lock()


class ChartNotDrawn(Exception):
    """Say that the picture could not be made."""


def folder() -> Path:
    """Return the folder of the store."""
    path = Path(settings.DIAPASON["chart_store"])
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _place(key: str, ending: str) -> Path:
    if not KEY.match(key):
        raise ValueError("not a key of the chart store")
    return folder() / key[:2] / f"{key}.{ending}"


def hand_over(spec: dict[str, Any], language: str) -> str:
    """Write a specification unless it is there, and return its key; a full disk costs the picture, not the page."""
    text = json.dumps({"spec": spec, "language": language}, sort_keys=True, ensure_ascii=False, default=str)
    key = hashlib.sha256(f"{VERSION}\n{text}".encode()).hexdigest()
    place = _place(key, "json")
    try:
        if not place.exists():
            write(place, text)
    except OSError:
        log.exception("a chart could not be handed over")
    return key


def write(place: Path, text: str) -> None:
    """Write a file in one step, so that a reader never sees half of it."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}.{threading.get_ident()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(place)


def picture(key: str) -> str:
    """Return the SVG, "" when it is not drawn yet."""
    try:
        return _place(key, "svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def is_known(key: str) -> bool:
    """Tell whether a page handed this specification over."""
    return bool(KEY.match(key)) and _place(key, "json").exists()


def has_failed(key: str) -> bool:
    """Tell whether drawing was tried and did not succeed."""
    return _place(key, "failed").exists()


def missing() -> list[Path]:
    """Return the specifications that have neither a picture nor a failure."""
    return [
        spec
        for spec in folder().glob("*/*.json")
        if not spec.with_suffix(".svg").exists() and not spec.with_suffix(".failed").exists()
    ]


def start_drawing() -> None:
    """Draw what is missing, in a process of its own, without waiting; one at a time in this web process."""
    if _drawing.acquire(blocking=False):
        threading.Thread(target=_draw_and_release, daemon=True).start()


def _draw_and_release() -> None:
    try:
        _run()
    finally:
        _drawing.release()


def _run(timeout: int = 60) -> None:
    """Run the renderer over the whole store; it may take `timeout` seconds."""
    command = [sys.executable, "-m", "diapason.ui.render_chart", str(folder())]
    root = Path(__file__).resolve().parents[2]
    subprocess.run(command, cwd=root, timeout=timeout, check=False, capture_output=True)  # noqa: S603


def draw_now(key: str, wait: float = 90.0) -> str:
    """Draw, wait and return the SVG; raise ChartNotDrawn when it cannot be made."""
    until = time.monotonic() + wait
    while not picture(key):
        if has_failed(key) or time.monotonic() > until:
            raise ChartNotDrawn(key)
        with _drawing:
            if not picture(key):
                _run()
        if not picture(key):
            time.sleep(0.2)  # another process is at it
    return picture(key)
