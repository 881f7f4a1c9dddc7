"""Shape what people type about inclusions."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from diapason.context.network.models import Organization
from diapason.operation.enrolment.rules import EARLIEST_YEAR, MOST


class CountsForm(forms.Form):
    """Enter the inclusions of a year, one field a month; an empty month stays as it is."""

    organization = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("the whole study"),
    )
    year = forms.IntegerField(label=_("Year"), min_value=EARLIEST_YEAR, max_value=2200, localize=False)
    source = forms.CharField(
        label=_("Source"), max_length=120, help_text=_("Inclusion list, eCRF export, sponsor’s report…")
    )

    def __init__(self, *args: Any, organizations: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = self.fields["organization"]
        where.queryset, where.required = organizations, not whole  # type: ignore[attr-defined]
        for number, name in MONTHS.items():
            self.fields[f"month_{number}"] = forms.IntegerField(
                label=name, min_value=0, max_value=MOST, required=False
            )

    @property
    def counts(self) -> dict[int, int]:
        """Return month → inclusions of the months that were filled in."""
        found = {number: self.cleaned_data.get(f"month_{number}") for number in MONTHS}
        return {number: included for number, included in found.items() if included is not None}
