"""Shape the lines in which causes are written down, wherever an event is analysed: here, or in a committee above."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.improvement.quality_events.acts.analysis import Why
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.ui.free_text import AsksBeforeKeeping

FEWEST: Final = 8
"""How many lines are offered at least."""
SPARE: Final = 3
"""How many empty lines are offered at least."""

Choices = list[tuple[str, Any]]


def named_choices(items: Any, empty: Any = None) -> Choices:
    """Return (code, name) of a list of the catalogue, a first one for none where `empty` names it."""
    rows: Choices = [(one.code, said(one.name)) for one in items]
    return [("", empty), *rows] if empty is not None else rows


class CauseLine(AsksBeforeKeeping, forms.Form):
    """Be one line: why it happened, on which branch, what it explains, in which shared word."""

    text = forms.CharField(label=_("Why?"), max_length=300, required=False)
    family = forms.ChoiceField(label=_("Branch"), required=False)
    parent = forms.TypedChoiceField(label=_("Explains"), required=False, coerce=int, empty_value=None)
    cause = forms.ChoiceField(label=_("Shared word"), required=False)
    is_root = forms.BooleanField(label=_("Root cause"), required=False)

    def __init__(self, *args: Any, place: int, **kwargs: Any) -> None:
        kwargs["prefix"] = f"why{place}"
        super().__init__(*args, **kwargs)
        self.place = place
        lines = [(str(line), _("line %(line)s") % {"line": line + 1}) for line in range(place)]
        choices: dict[str, Choices] = {
            "family": named_choices(words().families.values()),
            "parent": [("", _("the event")), *lines],
            "cause": named_choices(words().causes.values(), "–"),
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class WritesCauses(forms.Form):
    """Give a form lines of causes; call `open_lines` at the end of its making."""

    lines: list[CauseLine]

    def open_lines(self, event: QualityEvent | None) -> None:
        """Show what is known of the event, and room for more."""
        known = known_lines(event) if event else []
        self.lines = [
            CauseLine(self.data or None, place=place, initial=known[place] if place < len(known) else None)
            for place in range(max(FEWEST, len(known) + SPARE))
        ]

    def is_valid(self) -> bool:
        """Tell whether form and lines are well-formed."""
        return all([super().is_valid(), *(line.is_valid() for line in self.lines)])

    def whys(self) -> list[Why]:
        """Return the lines as the act wants them; empty ones are left out, what points past them is moved up."""
        kept = [line for line in self.lines if line.cleaned_data.get("text", "").strip()]
        at: dict[Any, int] = {line.place: place for place, line in enumerate(kept)}
        return [
            Why(
                text=line.cleaned_data["text"],
                family=line.cleaned_data["family"],
                parent=at.get(line.cleaned_data["parent"]),
                cause=line.cleaned_data["cause"],
                is_root=line.cleaned_data["is_root"],
            )
            for line in kept
        ]


def known_lines(event: QualityEvent) -> list[dict[str, Any]]:
    """Return the causes written down so far as lines show them; one statement."""
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
