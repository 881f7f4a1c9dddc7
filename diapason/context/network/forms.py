"""Shape what people type about the network."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.network.models import Organization, VisibilityRule
from diapason.context.network.rules import BadIdentifier, check_finess, check_siren

KINDS = {
    "assessment": _("Answers of the self-assessment"),
    "figure": _("Figures of an establishment"),
    "programme": _("Milestones of the certification programme"),
    "lesson": _("Answers to lessons"),
    "quality_event": _("Quality events"),
    "action": _("Actions"),
}
"""Kinds of object that the charter rules today; certificates are public facts and need no rule."""


class CorrectionForm(forms.ModelForm[Organization]):
    """Correct an organization's sheet, with the reason and the version that was read."""

    reason = forms.CharField(label=_("Reason for the correction"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Organization
        fields = [
            "name",
            "short_name",
            "city",
            "region",
            "finess_ej",
            "siren",
            "website",
            "opened_on",
            "closed_on",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def clean_finess_ej(self) -> str:
        """Return the number in its normal form."""
        return _checked(check_finess, self.cleaned_data["finess_ej"])

    def clean_siren(self) -> str:
        """Return the number in its normal form."""
        return _checked(check_siren, self.cleaned_data["siren"])


def _checked(check: Any, value: str) -> str:
    if not value:
        return ""
    try:
        return str(check(value))
    except BadIdentifier as error:
        raise forms.ValidationError(gettext(error.reason) % error.parameters) from error


class VisibilityForm(forms.Form):
    """Enter a decision of the steering committee in the visibility charter."""

    object_kind = forms.ChoiceField(label=_("What"), choices=KINDS)
    audience = forms.ChoiceField(label=_("For whom"), choices=VisibilityRule.Audience)
    form = forms.ChoiceField(label=_("In which form"), choices=VisibilityRule.Form)
    decision = forms.CharField(
        label=_("Decision"), max_length=300, help_text=_("Body, date and reference: the rule is tied to it.")
    )
