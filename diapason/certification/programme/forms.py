"""Shape what people type about a programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.certification.programme.models import Experience, Milestone, Programme, Wave
from diapason.certification.programme.queries.progress import order_of
from diapason.context.network.models import Organization


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class ProgrammeForm(forms.ModelForm[Programme]):
    """Open a programme."""

    class Meta:
        model = Programme
        fields = [
            "code",
            "kind",
            "title_fr",
            "title_en",
            "purpose_fr",
            "starts_latest",
            "limit_on",
            "from_edition",
            "to_edition",
        ]
        labels = {
            "title_fr": _("Title in French"),
            "title_en": _("Title in English"),
            "purpose_fr": _("Purpose"),
            "starts_latest": _("Starts on"),
            "from_edition": _("From the edition"),
            "to_edition": _("To the edition"),
        }
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_latest", "limit_on")
        }

    def description(self) -> dict[str, Any]:
        """Return the programme's fields; a start given as a day is known to the day."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**found, "starts_earliest": found["starts_latest"]}


class WaveForm(forms.Form):
    """Define a wave."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99)
    title_fr = forms.CharField(label=_("Title in French"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    starts_on = day_field(_("Starts on"), required=False)
    ends_on = day_field(_("Ends on"), required=False)
    members = forms.ModelMultipleChoiceField(
        Organization.objects.members(), label=_("Organizations"), widget=forms.CheckboxSelectMultiple
    )


class MilestoneForm(forms.Form):
    """Plan a milestone, or state that it was held."""

    kind = forms.ChoiceField(label=_("Step"))
    planned_on = day_field(_("Planned on"), required=False)
    held_on = day_field(_("Held on"), required=False)
    reason = forms.CharField(
        label=_("Why the date moves"),
        max_length=300,
        required=False,
        help_text=_("Only when it had a date already."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Milestone.Kind.choices)
        choices = [(kind, labels[kind]) for kind in order_of(programme)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two dates."""
        values = super().clean() or {}
        if not values.get("planned_on") and not values.get("held_on"):
            raise forms.ValidationError(_("Give the date planned or the date held."))
        return values


class ExperienceForm(forms.Form):
    """Pass experience on."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("From"))
    to_wave = forms.ModelChoiceField(Wave.objects.none(), label=_("For the wave"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), choices=Experience.Topic)
    title = forms.CharField(label=_("In one line"), max_length=160)
    text = forms.CharField(
        label=_("What you would tell those who begin"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, programme: Programme, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organization.objects.members().where(by.scope, "record_certificate")
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]
        self.fields["to_wave"].queryset = programme.waves.all()  # type: ignore[attr-defined]


class MentoringForm(forms.Form):
    """Offer to accompany another organization."""

    mentor = forms.ModelChoiceField(Organization.objects.none(), label=_("Mentor"))
    candidate = forms.ModelChoiceField(Organization.objects.members(), label=_("Accompanied"))
    starts_on = day_field(_("From"))
    purpose = forms.CharField(label=_("Purpose"), max_length=300, required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organization.objects.members().where(by.scope, "record_certificate")
        self.fields["mentor"].queryset = own  # type: ignore[attr-defined]
