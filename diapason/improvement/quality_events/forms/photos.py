"""Shape the photo of a report: choose it, then blacken what must not be seen, square by square."""

from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.files import store
from diapason.context.files.rules import Box

SQUARES: Final = 8
"""How many squares a side: small enough for a label, large enough for a thumb."""


class PhotoForm(forms.Form):
    """Choose a picture."""

    photo = forms.FileField(
        label=_("Photo"), widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"})
    )


class MaskForm(forms.Form):
    """Blacken squares of a picture that was handed in; the token is bound to the event."""

    token = forms.CharField(widget=forms.HiddenInput)
    squares = forms.TypedMultipleChoiceField(required=False, coerce=int, widget=forms.CheckboxSelectMultiple)
    sure = forms.BooleanField(
        label=_("Nobody can be recognized: no face, no name, no label, no screen with a record")
    )

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        self.fields["squares"].choices = [  # type: ignore[attr-defined]
            (
                row * SQUARES + column,
                gettext("Blacken row %(row)s, column %(column)s") % {"row": row + 1, "column": column + 1},
            )
            for row in range(SQUARES)
            for column in range(SQUARES)
        ]

    def clean_token(self) -> str:
        """Return the digest of the picture; once it was kept masked, what was handed in is no longer there."""
        token, salt = self.cleaned_data["token"], salt_of(self.number)
        try:
            digest = str(signing.loads(token, salt=salt, max_age=24 * 3600))
        except signing.BadSignature:
            raise forms.ValidationError(_("Please choose the photo again.")) from None
        if not store.holds(digest):
            raise forms.ValidationError(_("Please choose the photo again."))
        return digest

    def masks(self) -> list[Box]:
        """Return the squares as boxes in fractions of the picture."""
        side = 1 / SQUARES
        return [
            Box(left=square % SQUARES * side, top=square // SQUARES * side, width=side, height=side)
            for square in self.cleaned_data["squares"]
        ]


def salt_of(number: str) -> str:
    """Return what binds a token to one event."""
    return f"photo:{number}"


def token_of(digest: str, number: str) -> str:
    """Return a token for a picture that lies in the store, good for one event and one day."""
    return signing.dumps(digest, salt=salt_of(number))


class SettingForm(forms.Form):
    """Decide whether a photo may be added to reports."""

    organization = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    photo = forms.BooleanField(label=_("A photo may be added to a report"), required=False)


class RemovePhotoForm(forms.Form):
    """Say why a photo does not stay."""

    reason = forms.CharField(label=_("Why it does not stay"), max_length=300)
