"""Be what a page offers to do with a record: a deed in words, its address, and whether it may be done now."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from diapason.kernel.verdicts import Verdict


@dataclass(frozen=True)
class Offered:
    """Hold a deed of a chapter's table (its `label` is a message id) as a page offers it to one reader."""

    deed: Any
    url: str
    verdict: Verdict

    @property
    def label(self) -> str:
        """Return the words of its button."""
        return gettext(self.deed.label)
