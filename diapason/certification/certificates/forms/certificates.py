"""Shape what people type about certificates."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.certification.certificates.forms.fields import VersionedForm, day_field
from diapason.certification.certificates.models import Certificate
from diapason.certification.certificates.queries import tables
from diapason.context.network.models import Organization, Site
from diapason.kernel.dates import PartialDate

Square = tuple[Organization, Site | None, str]


def scope_choices(organization: Organization) -> list[tuple[str, str]]:
    """Return one choice per activity and place of an organization: the whole, then each site."""
    places: list[Site | None] = [None, *organization.sites.all()]
    return [
        (
            f"{site.code if site else ''}|{activity.code}",
            f"{activity.label} · {site.name if site else organization.short_name}",
        )
        for activity in tables.activities().values()
        for site in places
    ]


def squares(organization: Organization, chosen: Iterable[str]) -> list[Square]:
    """Return the chosen cells as (organization, site or None, activity)."""
    sites = {site.code: site for site in organization.sites.all()}
    pairs = (choice.split("|", 1) for choice in chosen)
    return [(organization, sites.get(code), activity) for code, activity in pairs]


class ScopeField(forms.MultipleChoiceField):
    """Choose cells of a scope."""

    widget = forms.CheckboxSelectMultiple


class CertificateForm(forms.ModelForm[Certificate]):
    """Record a certificate: holder, body, edition, dates and scope."""

    decided_on = day_field(_("Decided on"))
    scope = ScopeField(label=_("What it covers"))

    class Meta:
        model = Certificate
        fields = [
            "number",
            "body",
            "edition",
            "model",
            "cycle",
            "effective_on",
            "expires_on",
            "personnel",
            "scope_fr",
        ]
        labels = {"body": _("Certification body"), "edition": _("Edition")}
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("effective_on", "expires_on")
        }

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.fields["scope"].choices = scope_choices(organization)  # type: ignore[attr-defined]

    @property
    def decision(self) -> PartialDate:
        """Return the day of the decision."""
        return PartialDate.day(self.cleaned_data["decided_on"])

    @property
    def chosen_scope(self) -> list[Square]:
        """Return the cells that were ticked."""
        return squares(self.organization, self.cleaned_data["scope"])

    @property
    def description(self) -> dict[str, Any]:
        """Return the certificate's own fields."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class AmendForm(forms.ModelForm[Certificate]):
    """Correct what is written of a certificate, with the reason and the version that was read."""

    reason = forms.CharField(label=_("Reason for the correction"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Certificate
        fields = [
            "number",
            "body",
            "edition",
            "model",
            "cycle",
            "effective_on",
            "expires_on",
            "personnel",
            "scope_fr",
        ]
        labels = CertificateForm.Meta.labels
        widgets = CertificateForm.Meta.widgets

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class SuspendForm(VersionedForm):
    """Record a suspension."""

    starts_on = day_field(_("Suspended from"))
    reason = forms.CharField(label=_("Reason given by the body"), max_length=300)


class RestoreForm(VersionedForm):
    """Record that a suspension was lifted."""

    restored_on = day_field(_("Holds again from"))


class WithdrawForm(VersionedForm):
    """Record a withdrawal."""

    withdrawn_on = day_field(_("Withdrawn on"))
    reason = forms.CharField(label=_("Reason given by the body"), max_length=300)


class RenewForm(VersionedForm):
    """Record the next cycle."""

    decision_on = day_field(_("Decided on"))
    effective_on = day_field(
        _("Takes effect on"), required=False, help_text=_("Left empty: the day of the decision.")
    )
    expires_on = day_field(_("Expires on"))
    number = forms.CharField(label=_("Number given by the body"), max_length=60, required=False)


class ExtendForm(VersionedForm):
    """Record that more is covered."""

    covered_from = day_field(_("Covered from"))
    scope = ScopeField(label=_("What it covers besides"))
