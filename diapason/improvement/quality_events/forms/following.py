"""Shape what closes an event, what the declarer is told, and what was done outside."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.improvement.quality_events.forms.event import EventForm, day_field
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.models.events import said


class CloseForm(EventForm):
    """Conclude, and say whether others would learn from it."""

    conclusion = forms.CharField(label=_("Conclusion"), widget=forms.Textarea(attrs={"rows": 3}))
    helps_others = forms.BooleanField(
        label=_("Would this help others? Propose a lesson to the network"), required=False
    )


class AnswerForm(EventForm):
    """Tell the declarer something."""

    text = forms.CharField(label=_("What the declarer is told"), widget=forms.Textarea(attrs={"rows": 3}))

    def values(self) -> dict[str, Any]:
        """Return the text alone: a message has no version."""
        return {"text": self.cleaned_data["text"]}


class ExtraForm(EventForm):
    """Answer what the kind of event asks besides."""

    def __init__(self, *args: Any, event: QualityEvent, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.asked = event.known_kind.fields if event.known_kind else ()
        for one in self.asked:
            self.fields[one.code] = _extra_field(one)
            self.fields[one.code].initial = event.extra.get(one.code)

    def values(self) -> dict[str, Any]:
        """Return the answers as plain values by code."""
        found = {one.code: self.cleaned_data.get(one.code) for one in self.asked}
        plain = {
            code: value.isoformat() if isinstance(value, date) else value
            for code, value in found.items()
            if value not in (None, "")
        }
        return {"extra": plain, "version": self.cleaned_data["version"]}


def _extra_field(one: Any) -> forms.Field:
    label = said(one.label)
    if one.type == "date":
        return day_field(label, required=False)
    if one.type == "number":
        return forms.IntegerField(label=label, required=False, min_value=0)
    if one.type == "yes_no":
        answers = [("", "–"), ("yes", _("yes")), ("no", _("no"))]
        return forms.ChoiceField(label=label, required=False, choices=answers)
    if one.type == "choice":
        rows = [("", "–"), *((code, said(name)) for code, name in one.choices)]
        return forms.ChoiceField(label=label, required=False, choices=rows)
    return forms.CharField(label=label, required=False, max_length=300)


class SettleForm(forms.Form):
    """Say when something was done outside, in the time of the place, and what proves it."""

    met_at = forms.DateTimeField(
        label=_("Done at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reference = forms.CharField(label=_("Proof or reference"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, timezone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timezone = timezone

    def clean_met_at(self) -> datetime:
        """Return the moment, read in the zone of the place."""
        stated: datetime = self.cleaned_data["met_at"]
        return stated.replace(tzinfo=ZoneInfo(self.timezone))
