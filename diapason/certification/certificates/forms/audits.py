"""Shape what people type about audits, and what they ask the calculator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.certification.certificates.forms.fields import VersionedForm, day_field
from diapason.certification.certificates.models import CertificationAudit


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
    sites = forms.IntegerField(
        label=_("Sites besides the central function"), min_value=0, max_value=100_000, required=False
    )
