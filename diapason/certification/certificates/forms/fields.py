"""Hold the fields that several forms share."""

from datetime import date
from typing import Any

from django import forms


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class VersionedForm(forms.Form):
    """Carry the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_days(on: date) -> dict[str, date]:
    """Return the day proposed for every date of a form."""
    names = (
        "starts_on",
        "restored_on",
        "withdrawn_on",
        "decision_on",
        "covered_from",
        "held_from",
        "held_until",
        "verified_on",
    )
    return dict.fromkeys(names, on)
