"""Tell how far a verification has come: a small file beside the database, since the check itself may not write.

Nothing is recorded here: the file lives as long as the verification does.
"""

import json
import os
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from diapason.kernel.words import message

STEPS = {
    "entries": message("entries read"),
    "nodes": message("nodes of the tree compared"),
    "heads": message("signed heads checked"),
    "records": message("records compared"),
}
"""Name the steps in their order."""

FILE = settings.DATA / "verification.json"


@dataclass(frozen=True)
class Progress:
    """Hold how far the present step has come."""

    step: str
    done: int
    total: int

    @property
    def label(self) -> str:
        """Return what is counted."""
        return gettext(STEPS[self.step])


def note(step: str, done: int, total: int) -> None:
    """Keep how far a step has come; a full disk must not stop a verification."""
    if step not in STEPS:
        return
    try:
        draft = FILE.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps([step, done, total]), encoding="utf-8")
        draft.replace(FILE)
    except OSError:
        return


def clear() -> None:
    """Forget it: the verification has ended, or a new one begins."""
    FILE.unlink(missing_ok=True)


def present() -> Progress | None:
    """Return how far the verification under way has come, None before it has told."""
    try:
        step, done, total = json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Progress(step, done, total) if step in STEPS else None
