"""Shape what is decided besides sorting: dealt with elsewhere, joined to another, a serious breach."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.improvement.quality_events.cause_lines import named_choices
from diapason.improvement.quality_events.forms.event import EventForm, day_field
from diapason.improvement.quality_events.models import QualityEvent, words


class RouteForm(EventForm):
    """Say where it is dealt with, and under which number."""

    channel = forms.ChoiceField(label=_("Dealt with in"))
    external_number = forms.CharField(label=_("Number in the other tool"), max_length=60, required=False)

    def __init__(self, *args: Any, event: QualityEvent, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        channels = [one for one in words().channels.values() if one.code != "here"]
        self.fields["channel"].choices = named_choices(channels)  # type: ignore[attr-defined]


class MergeForm(EventForm):
    """Name the event that stays."""

    into = forms.ModelChoiceField(
        QualityEvent.objects.none(), label=_("Number of the event that stays"), to_field_name="number",
        widget=forms.TextInput(),
    )  # fmt: skip

    def __init__(self, *args: Any, event: QualityEvent, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        rows = QualityEvent.objects.filter(organization=event.organization_id)
        self.fields["into"].queryset = rows  # type: ignore[attr-defined]


class BreachForm(EventForm):
    """Answer the question of a serious breach."""

    answer = forms.ChoiceField(
        label=_(
            "Is it likely to affect to a significant degree the safety or rights of a participant, or the data?"
        ),
        choices=[one for one in QualityEvent.Breach.choices if one[0]],
        widget=forms.RadioSelect,
    )
    aware_on = day_field(
        _("Aware of the breach since"),
        help_text=_("The clock runs from this day, not from that of the answer."),
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, event: QualityEvent, **kwargs: Any) -> None:
        first = {"aware_on": event.aware_on or event.reported_on, **kwargs.get("initial", {})}
        super().__init__(*args, event=event, **{**kwargs, "initial": first})
