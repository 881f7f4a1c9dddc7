"""Shape what people type about certificates and audits."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.certification.certificates.models import Certificate, CertificationAudit
from diapason.certification.certificates.queries import tables
from diapason.context.network.models import Organization, Site
from diapason.kernel.dates import PartialDate

Square = tuple[Organization, Site | None, str]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class VersionedForm(forms.Form):
    """Carry the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def scope_choices(organization: Organization) -> list[tuple[str, str]]:
    """Return one choice per activity and place of an organization: the whole, then each site."""
    places: list[Site | None] = [None, *organization.sites.all()]
    return [
        (f"{site.code if site else ''}|{activity.code}", f"{activity.label} · {site.name if site else organization.short_name}")
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
        fields = ["number", "body", "edition", "model", "cycle", "effective_on", "expires_on", "personnel", "scope_fr"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("effective_on", "expires_on")
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
        fields = ["number", "body", "edition", "model", "cycle", "effective_on", "expires_on", "personnel", "scope_fr"]
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
    effective_on = day_field(_("Takes effect on"), required=False, help_text=_("Left empty: the day of the decision."))
    expires_on = day_field(_("Expires on"))
    number = forms.CharField(label=_("Number given by the body"), max_length=60, required=False)


class ExtendForm(VersionedForm):
    """Record that more is covered."""

    covered_from = day_field(_("Covered from"))
    scope = ScopeField(label=_("What it covers besides"))


class PlanAuditForm(forms.Form):
    """Give a date to an audit of the body."""

    kind = forms.ChoiceField(label=_("Audit"), choices=CertificationAudit.Kind)
    planned_on = day_field(_("Planned on"))
    days_quoted = forms.DecimalField(
        label=_("Days quoted by the body"), max_digits=5, decimal_places=1, min_value=0, required=False
    )


class RecordAuditForm(VersionedForm):
    """Record that an audit took place."""

    held_from = day_field(_("Held from"))
    held_until = day_field(_("Last day"))
    result = forms.ChoiceField(label=_("Result"), choices=CertificationAudit.Result)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)


class MoveAuditForm(VersionedForm):
    """Give an audit another date."""

    planned_on = day_field(_("Planned on"))


class MajorsForm(VersionedForm):
    """Record that major nonconformities were verified."""

    verified_on = day_field(_("Verified on"))


class CalculatorForm(forms.Form):
    """Ask how long an audit takes and how many sites it visits."""

    personnel = forms.IntegerField(label=_("Effective number of personnel"), min_value=1, max_value=1_000_000)
    adjustment = forms.IntegerField(
        label=_("Adjustment in percent"),
        min_value=-100,
        max_value=200,
        required=False,
        help_text=_("Negative shortens; limited by the table."),
    )
    sites = forms.IntegerField(label=_("Sites besides the central function"), min_value=0, max_value=100_000, required=False)


def initial_days(on: date) -> dict[str, date]:
    """Return the day proposed for every date of a form."""
    names = ("starts_on", "restored_on", "withdrawn_on", "decision_on", "covered_from", "held_from", "held_until", "verified_on")
    return dict.fromkeys(names, on)
