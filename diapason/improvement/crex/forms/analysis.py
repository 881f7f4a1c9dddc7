"""Shape the analysis: one text for each part of the method, and lines of causes that go into the event."""

from datetime import date
from typing import Any

from django import forms

from diapason.improvement.crex.forms.meeting import DeedForm
from diapason.improvement.crex.models import CrexMeeting, crex
from diapason.improvement.quality_events.cause_lines import WritesCauses
from diapason.improvement.quality_events.models.events import said


class AnalysisForm(WritesCauses, DeedForm):
    """Write the analysis by the method chosen in the address."""

    event_version = forms.IntegerField(widget=forms.HiddenInput)
    method = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: CrexMeeting, on: date, method: str = "", **kwargs: Any) -> None:
        data = args[0] if args else None
        asked = (data or {}).get("method", "") or method or meeting.method
        self.known = crex().methods.get(asked) or next(iter(crex().methods.values()))
        event = meeting.event
        start = {"method": self.known.code, "event_version": event.version if event else None}
        super().__init__(*args, meeting=meeting, on=on, initial=start, **kwargs)
        for step in self.known.steps:
            self.fields[f"step_{step.code}"] = forms.CharField(
                label=said(step.name), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
                initial=meeting.analysis.get(step.code, "") if meeting.method == self.known.code else "",
            )  # fmt: skip
        self.open_lines(event)

    @property
    def method_name(self) -> str:
        """Return the name of the method."""
        return said(self.known.name)

    @property
    def what(self) -> str:
        """Return what the method is."""
        return said(self.known.what)

    @property
    def others(self) -> list[tuple[str, str]]:
        """Return the other methods as (code, name)."""
        return [(one.code, said(one.name)) for one in crex().methods.values() if one.code != self.known.code]

    def values(self) -> dict[str, Any]:
        """Return method, parts and causes."""
        data = self.cleaned_data
        return {
            "method": self.known.code,
            "steps": {step.code: data[f"step_{step.code}"] for step in self.known.steps},
            "whys": self.whys(),
            "version": data["version"],
            "event_version": data["event_version"],
        }
