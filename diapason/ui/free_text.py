"""Ask before a form keeps free text that looks like data of a participant.

The first answer names field and excerpt and offers a box to tick; the box is bound to what was found, so that other
suspicious words typed afterwards are asked about again. All works without scripts, and nothing typed is lost.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext

from diapason.kernel.personal_data import Suspicion, suspicions

KEEP: Final = "kept_as_typed"


def digest_of(found: Iterable[tuple[str, Suspicion]]) -> str:
    """Return what the box is bound to: the SHA-256 (hexadecimal) of (field name, suspicion) pairs, any order."""
    lines = sorted(f"{name}\t{each.kind}\t{each.excerpt}" for name, each in found)
    return sha256("\n".join(lines).encode()).hexdigest()


class AsksBeforeKeeping:
    """Make a form ask about suspicious free text; put it before `forms.Form` among the bases.

    `FREE_TEXTS` names the fields looked at; None means each plain text field. `ASKS_OF_CONTACTS` adds telephone
    numbers and e-mail addresses. The page shows the form with `{% form_errors form %}` inside its `<form>`; that draws
    the box. The form is valid without suspicion or with the box ticked.
    """

    FREE_TEXTS: ClassVar[Iterable[str] | None] = None
    ASKS_OF_CONTACTS: ClassVar[bool] = False

    def full_clean(self: Any) -> None:
        """Check the form as usual, then ask about what looks like data of a participant."""
        super().full_clean()  # type: ignore[misc]
        if not self.is_bound or (self.empty_permitted and not self.has_changed()):
            return
        found = self.suspected()
        self.kept_as_typed_digest = digest_of(found) if found else ""
        if not found or self.data.get(self.kept_as_typed_name) == self.kept_as_typed_digest:
            return
        for name, each in found:
            words = {"excerpt": each.excerpt, "doubt": gettext(each.label)}
            text = gettext("“%(excerpt)s” %(doubt)s.") % words
            self.add_error(name, forms.ValidationError(text, code="personal_data"))

    def suspected(self: Any) -> list[tuple[str, Suspicion]]:
        """Return (field name, suspicion) for the free texts as they were typed."""
        names = self.FREE_TEXTS if self.FREE_TEXTS is not None else self._plain_texts()
        return [
            (name, each)
            for name in names
            for each in suspicions(str(self[name].value() or ""))
            if self.ASKS_OF_CONTACTS or not each.is_weak
        ]

    def _plain_texts(self: Any) -> list[str]:
        shapes = (forms.TextInput, forms.Textarea)
        return [
            name
            for name, field in self.fields.items()
            if type(field) is forms.CharField and type(field.widget) in shapes
        ]

    @property
    def kept_as_typed_name(self: Any) -> str:
        """Return the name of the box in the posted data."""
        return str(self.add_prefix(KEEP))

    @property
    def asks(self: Any) -> bool:
        """Tell whether the box is to be shown."""
        return bool(self.is_bound and self.errors is not None and getattr(self, "kept_as_typed_digest", ""))

    @property
    def keeps(self: Any) -> bool:
        """Tell whether the box was ticked for exactly what was found."""
        return bool(self.asks and self.data.get(self.kept_as_typed_name) == self.kept_as_typed_digest)
