"""Shape what people enter about a communiqué."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.context.indicators.models import Claim, FrozenEdition
from diapason.disclosure.communiques.models import Communique
from diapason.disclosure.communiques.queries import Milestone, figures_of
from diapason.ui import wording


class DraftForm(forms.Form):
    """Ask on which edition a draft is made, and of which kind."""

    edition = forms.ModelChoiceField(
        FrozenEdition.objects.all(), label=_("Frozen edition"), to_field_name="number", empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Communique.Kind.choices, widget=forms.RadioSelect, initial="communique"
    )


class BuilderForm(forms.Form):
    """Ask what a communiqué shows and says."""

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    title_fr = forms.CharField(label=_("Title in French"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    opening_fr = forms.CharField(
        label=_("Opening in French"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    opening_en = forms.CharField(
        label=_("Opening in English"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    contact_fr = forms.CharField(label=_("Contact in French"), max_length=300, required=False)
    contact_en = forms.CharField(label=_("Contact in English"), max_length=300, required=False)
    figures = forms.MultipleChoiceField(
        label=_("Figures"), widget=forms.CheckboxSelectMultiple, required=False
    )
    milestones = forms.MultipleChoiceField(
        label=_("Milestones"), widget=forms.CheckboxSelectMultiple, required=False
    )
    claims = forms.MultipleChoiceField(label=_("Claims"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(
        self, *args: Any, communique: Communique, milestones: list[Milestone], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known_figures = {one.definition.indicator.code: one for one in figures_of(communique.edition)}
        self.known_milestones = {one.key: one for one in milestones}
        self.known_claims = {one.code: one for one in Claim.objects.exclude(verdict=Claim.Verdict.WITHDRAWN)}
        fields: dict[str, Any] = self.fields
        fields["figures"].choices = [
            (code, f"{one.definition.indicator.name} – {one.said}")
            for code, one in self.known_figures.items()
        ]
        fields["milestones"].choices = [
            (key, f"{wording.partial_date(one.when)} – {wording_of(one)}")
            for key, one in self.known_milestones.items()
        ]
        fields["claims"].choices = [(code, one.sentence) for code, one in self.known_claims.items()]

    @property
    def choice(self) -> dict[str, Any]:
        """Return what the act takes."""
        data = self.cleaned_data
        return {
            "texts": {name: data[name] for name in data if name.endswith(("_fr", "_en"))},
            "figures": [self.known_figures[code] for code in data["figures"]],
            "milestones": [self.known_milestones[key] for key in data["milestones"]],
            "claims": [self.known_claims[code] for code in data["claims"]],
        }


def wording_of(milestone: Milestone) -> str:
    """Return the milestone's text in the active language."""
    return milestone.text.fr if wording.is_french() else milestone.text.en


class WithdrawalForm(forms.Form):
    """Ask why a communiqué is withdrawn."""

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)
