"""Shape correction and causes."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.improvement.quality_events.acts.analysis import Why
from diapason.improvement.quality_events.forms.event import EventForm, day_field, named_choices
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.models.events import METHODS

LINES = 8
"""How many lines of analysis a form offers at least."""


class CorrectionForm(EventForm):
    """Say what was done at once."""

    correction = forms.CharField(label=_("What was done at once"), widget=forms.Textarea(attrs={"rows": 3}))
    corrected_on = day_field(_("On"))


class WhyForm(forms.Form):
    """Be one line of the analysis."""

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
            "family": named_choices(words().families.values()),
            "parent": [("", _("the event")), *lines],
            "cause": named_choices(words().causes.values(), "–"),
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class AnalysisForm(EventForm):
    """Write down the analysis: a text, and lines that each say why."""

    method = forms.ChoiceField(label=_("Method"))
    analysis = forms.CharField(
        label=_("What the analysis found"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, event: QualityEvent, **kwargs: Any) -> None:
        kwargs["initial"] = {"method": event.method or "five_whys", "analysis": event.analysis}
        super().__init__(*args, event=event, **kwargs)
        self.fields["method"].choices = [(code, gettext(name)) for code, name in METHODS.items()]  # type: ignore[attr-defined]
        known = _lines_of(event)
        shown = max(LINES, len(known) + 3)
        self.lines = [
            WhyForm(
                self.data or None,
                prefix=f"why{place}",
                place=place,
                initial=dict(enumerate(known)).get(place),
            )
            for place in range(shown)
        ]

    def is_valid(self) -> bool:
        """Tell whether form and lines are well-formed."""
        return all([super().is_valid(), *(line.is_valid() for line in self.lines)])

    def values(self) -> dict[str, Any]:
        """Return method, text and lines; empty lines are left out, and what points past them is moved up."""
        kept = [line for line in self.lines if line.cleaned_data.get("text", "").strip()]
        at = {line.place: place for place, line in enumerate(kept)}
        whys = [
            Why(
                text=line.cleaned_data["text"],
                family=line.cleaned_data["family"],
                parent=at.get(line.cleaned_data["parent"])
                if line.cleaned_data["parent"] is not None
                else None,
                cause=line.cleaned_data["cause"],
                is_root=line.cleaned_data["is_root"],
            )
            for line in kept
        ]
        return {**super().values(), "whys": whys}


def _lines_of(event: QualityEvent) -> list[dict[str, Any]]:
    rows = list(event.causes.filter(removed_on=None))
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
