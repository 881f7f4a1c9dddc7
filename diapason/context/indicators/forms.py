"""Shape what people enter about figures, editions and claims."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.context.indicators.models import Claim, Indicator
from diapason.context.indicators.models.content import Qualifier
from diapason.context.network.models import Organization
from diapason.kernel.dates import Period
from diapason.kernel.languages import Bilingual

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DeclarationForm(forms.Form):
    """Ask for a value: what, of whom, when, how much, from where."""

    indicator = forms.ModelChoiceField(Indicator.objects.none(), label=_("Indicator"))
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Organization"),
        required=False,
        empty_label=_("the whole network"),
    )
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100, localize=False)
    value = forms.DecimalField(
        label=_("Value"), required=False, max_digits=18, decimal_places=4, localize=True,
        help_text=_("For a share, give numerator and denominator instead: shares alone cannot be added up."),
    )  # fmt: skip
    numerator = forms.DecimalField(
        label=_("Numerator"),
        required=False,
        max_digits=18,
        decimal_places=4,
        min_value=Decimal(0),
        localize=True,
    )
    denominator = forms.DecimalField(
        label=_("Denominator"),
        required=False,
        max_digits=18,
        decimal_places=4,
        min_value=Decimal(0),
        localize=True,
    )
    qualifier = forms.ChoiceField(label=_("How exact"), choices=Qualifier.choices, initial="exact")
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Document, date and page, so that somebody else finds it."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared = Indicator.objects.filter(definitions__is_current=True, definitions__computed_by="")
        self.fields["indicator"].queryset = declared  # type: ignore[attr-defined]
        self.fields["organization"].queryset = Organization.objects.members().where(  # type: ignore[attr-defined]
            by.scope, "declare_figure"
        )
        if not by.scope.may("declare_figure"):
            self.fields["organization"].required = True
            self.fields["organization"].empty_label = "–"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check what no single field can say."""
        data: dict[str, Any] = super().clean() or {}
        counts = (data.get("numerator"), data.get("denominator"))
        if data.get("value") is None and None in counts:
            raise forms.ValidationError(_("Give a value, or a numerator with its denominator."))
        if None not in counts and counts[0] > counts[1]:  # type: ignore[operator]
            self.add_error("numerator", _("The numerator cannot be larger than the denominator."))
        if data.get("year"):
            data["period"] = Period.year(data["year"])
        return data

    @property
    def declaration(self) -> dict[str, Any]:
        """Return what the act takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "year"}


class EditionForm(forms.Form):
    """Ask for the name under which an edition is frozen."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)


class CheckForm(forms.Form):
    """Ask who checked a definition and until when that holds."""

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    checked_by = forms.CharField(label=_("Checked by (function)"), max_length=200)
    next_review = forms.DateField(label=_("Next review"), widget=DAY)


class WithdrawalForm(forms.Form):
    """Ask why a declared value is withdrawn."""

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReviewForm(forms.Form):
    """Ask what becomes of a claim."""

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=[one for one in Claim.Verdict.choices if one[0]], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    review_by = forms.DateField(label=_("Next review"), widget=DAY)


class ClaimForm(forms.Form):
    """Ask for a claim and what stands behind it."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Small letters, for the address of the page.")
    )
    sentence_fr = forms.CharField(label=_("Sentence in French"), widget=forms.Textarea(attrs={"rows": 2}))
    sentence_en = forms.CharField(label=_("Sentence in English"), widget=forms.Textarea(attrs={"rows": 2}))
    source_fr = forms.CharField(label=_("Source in French"), max_length=300)
    source_en = forms.CharField(label=_("Source in English"), max_length=300)
    method_fr = forms.CharField(label=_("Method in French"), widget=forms.Textarea(attrs={"rows": 3}))
    method_en = forms.CharField(label=_("Method in English"), widget=forms.Textarea(attrs={"rows": 3}))
    owner_fr = forms.CharField(label=_("Owner in French"), max_length=120)
    owner_en = forms.CharField(label=_("Owner in English"), max_length=120)
    stated_on = forms.DateField(label=_("Stated on"), widget=DAY)
    review_by = forms.DateField(label=_("To be reviewed by"), widget=DAY)

    @property
    def claim(self) -> dict[str, Any]:
        """Return what the act takes."""
        data = self.cleaned_data
        both = {
            name: Bilingual(data[f"{name}_fr"], data[f"{name}_en"])
            for name in ("sentence", "source", "method", "owner")
        }
        return {**both, **{name: data[name] for name in ("code", "stated_on", "review_by")}}
