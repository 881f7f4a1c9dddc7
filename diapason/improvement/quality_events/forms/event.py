"""Hold what the forms about an event share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.improvement.quality_events.models import QualityEvent
from diapason.ui.free_text import AsksBeforeKeeping

DAY = {"type": "date"}
"""Have the browser show its own calendar."""


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **more)


class EventForm(AsksBeforeKeeping, forms.Form):
    """Carry the version of the event that was read, and the event itself."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: QualityEvent, **kwargs: Any) -> None:
        self.event = event
        kwargs["initial"] = {"version": event.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return what the act wants besides event, by and on."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}


class SureForm(EventForm):
    """Ask for nothing: the button says it."""


class ReasonForm(EventForm):
    """Ask why."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))
