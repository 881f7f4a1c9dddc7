"""Shape correction and causes."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.improvement.quality_events.cause_lines import WritesCauses
from diapason.improvement.quality_events.forms.event import EventForm, day_field
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.models.events import METHODS


class CorrectionForm(EventForm):
    """Say what was done at once."""

    correction = forms.CharField(label=_("What was done at once"), widget=forms.Textarea(attrs={"rows": 3}))
    corrected_on = day_field(_("On"))


class AnalysisForm(WritesCauses, EventForm):
    """Write down the analysis: a text, and lines that each say why."""

    method = forms.ChoiceField(label=_("Method"))
    analysis = forms.CharField(
        label=_("What the analysis found"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, event: QualityEvent, **kwargs: Any) -> None:
        kwargs["initial"] = {"method": event.method or "five_whys", "analysis": event.analysis}
        super().__init__(*args, event=event, **kwargs)
        self.fields["method"].choices = [(code, gettext(name)) for code, name in METHODS.items()]  # type: ignore[attr-defined]
        self.open_lines(event)

    def values(self) -> dict[str, Any]:
        """Return method, text and lines."""
        return {**super().values(), "whys": self.whys()}
