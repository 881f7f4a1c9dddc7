"""Shape what people type about certification bodies and about what an organization does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.certification.certificates.forms.certificates import ScopeField, scope_choices
from diapason.certification.certificates.models import CertificationBody
from diapason.certification.certificates.queries import tables
from diapason.context.network.models import Organization, Site
from diapason.ui.languages import in_language


class BodyForm(forms.ModelForm[CertificationBody]):
    """Record a certification body with its vocabulary."""

    vocabulary = forms.ChoiceField(label=_("Vocabulary of findings"))
    major_days = forms.IntegerField(
        label=_("Days to answer a major nonconformity"), min_value=1, max_value=365, required=False
    )
    minor_days = forms.IntegerField(
        label=_("Days to answer a minor nonconformity"), min_value=1, max_value=365, required=False
    )

    class Meta:
        model = CertificationBody
        fields = ["code", "name", "website"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, in_language(v["fr"], v["en"])) for code, v in tables.vocabularies().items()]
        self.fields["vocabulary"].choices = choices  # type: ignore[attr-defined]


class ActivitiesForm(forms.Form):
    """Declare what an organization does, and what it does not; the rest stays not known."""

    performed = ScopeField(label=_("Performed"), required=False)
    not_performed = ScopeField(label=_("Not performed"), required=False)
    source = forms.CharField(label=_("Known from"), max_length=300, required=False)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        for name in ("performed", "not_performed"):
            self.fields[name].choices = scope_choices(organization)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a cell that is both, and a declaration of nothing."""
        values = super().clean() or {}
        done, undone = set(values.get("performed") or ()), set(values.get("not_performed") or ())
        if done & undone:
            raise forms.ValidationError(_("An activity is performed at a place or it is not."))
        if not done | undone:
            raise forms.ValidationError(_("Tick at least one activity."))
        return values

    def places(self, name: str) -> list[tuple[Site | None, str]]:
        """Return the ticked cells as (site or None, activity)."""
        sites = {site.code: site for site in self.organization.sites.all()}
        pairs = (choice.split("|", 1) for choice in self.cleaned_data[name])
        return [(sites.get(code), activity) for code, activity in pairs]
