"""Shape the analysis: one text for each part of the method, and lines of causes that go into the event."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.improvement.crex.forms.meeting import DeedForm
from diapason.improvement.crex.models import CrexMeeting, crex
from diapason.improvement.quality_events.acts.analysis import Why
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.ui.free_text import AsksBeforeKeeping

LINES = 6
"""How many lines of causes are offered at least."""


def named(items: Any, empty: str | None = None) -> list[tuple[str, str]]:
    """Return (code, name) of a list of the catalogue."""
    rows = [(one.code, said(one.name)) for one in items]
    return rows if empty is None else [("", empty), *rows]


class CauseForm(AsksBeforeKeeping, forms.Form):
    """Be one line: why it happened, on which branch, in which shared word."""

    text = forms.CharField(label=_("Why?"), max_length=300, required=False)
    family = forms.ChoiceField(label=_("Branch"), required=False)
    parent = forms.TypedChoiceField(label=_("Explains"), required=False, coerce=int, empty_value=None)
    cause = forms.ChoiceField(label=_("Shared word"), required=False)
    is_root = forms.BooleanField(label=_("Root cause"), required=False)

    def __init__(self, *args: Any, place: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        lines = [(str(line), _("line %(line)s") % {"line": line + 1}) for line in range(place)]
        choices: dict[str, list[tuple[str, Any]]] = {
            "family": named(words().families.values()),
            "parent": [("", _("the event")), *lines],
            "cause": named(words().causes.values(), "–"),
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class AnalysisForm(DeedForm):
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
        known = _causes_of(event)
        self.lines = [
            CauseForm(
                self.data or None,
                prefix=f"why{place}",
                place=place,
                initial=dict(enumerate(known)).get(place),
            )
            for place in range(max(LINES, len(known) + 2))
        ]

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

    def is_valid(self) -> bool:
        """Tell whether form and lines are well-formed."""
        return all([super().is_valid(), *(line.is_valid() for line in self.lines)])

    def values(self) -> dict[str, Any]:
        """Return method, parts and causes; empty lines are left out, and what points past them is moved up."""
        data = self.cleaned_data
        kept = [line for line in self.lines if line.cleaned_data.get("text", "").strip()]
        at: dict[Any, int] = {line.place: place for place, line in enumerate(kept)}
        whys = [
            Why(
                text=line.cleaned_data["text"],
                family=line.cleaned_data["family"],
                parent=at.get(line.cleaned_data["parent"]),
                cause=line.cleaned_data["cause"],
                is_root=line.cleaned_data["is_root"],
            )
            for line in kept
        ]
        steps = {step.code: data[f"step_{step.code}"] for step in self.known.steps}
        return {
            "method": self.known.code,
            "steps": steps,
            "whys": whys,
            "version": data["version"],
            "event_version": data["event_version"],
        }


def _causes_of(event: QualityEvent | None) -> list[dict[str, Any]]:
    rows = list(event.causes.filter(removed_on=None)) if event else []
    places = {row.pk: place for place, row in enumerate(rows)}
    return [
        {
            "text": row.text,
            "family": row.family,
            "parent": places.get(row.parent_id) if row.parent_id else "",
            "cause": row.cause,
            "is_root": row.is_root,
        }
        for row in rows
    ]
