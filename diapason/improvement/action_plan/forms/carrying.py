"""Shape what happens to an action."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diapason.context.files.rules import ACCEPT
from diapason.context.people.models import Person
from diapason.improvement.action_plan.forms.planning import CriterionForm, day_field, people_of
from diapason.improvement.action_plan.models import Action
from diapason.ui.free_text import AsksBeforeKeeping


class DeedForm(AsksBeforeKeeping, forms.Form):
    """Carry the version of the action that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, action: Action, on: date, **kwargs: Any) -> None:
        self.action, self.on = action, on
        kwargs["initial"] = {"version": action.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return what the act wants besides action, by and on."""
        return dict(self.cleaned_data)


class SureForm(DeedForm):
    """Ask for nothing: the button says it."""


class ReasonForm(DeedForm):
    """Ask why."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))


class FinishForm(DeedForm):
    """Say what was done, and what proves it."""

    result = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.CharField(
        label=_("What proves it"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Document, link or place; no data of participants."),
    )  # fmt: skip
    done_on = day_field(_("Done on"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **{**kwargs, "initial": {"done_on": on}})


class EvidenceForm(DeedForm):
    """Choose a file that proves what was done."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Up to 20 MB: PDF, picture, text or spreadsheet; no data of participants."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def values(self) -> dict[str, Any]:
        """Return the file: attaching changes nothing of the action."""
        return {"file": self.cleaned_data["file"]}


class FixForm(DeedForm, CriterionForm):
    """Fix the criterion before the action starts."""

    def values(self) -> dict[str, Any]:
        """Return criterion and version."""
        return {"criterion": self.criterion(), "version": self.cleaned_data["version"]}

    def clean_criterion_kind(self) -> str:
        """Ask for a criterion."""
        kind: str = self.cleaned_data["criterion_kind"]
        if not kind:
            raise forms.ValidationError(_("Choose how effectiveness will be judged."))
        return kind


class CheckForm(DeedForm):
    """Judge by the criterion fixed beforehand."""

    effective = forms.TypedChoiceField(
        label=_("Conclusion"),
        choices=[("yes", _("Effective")), ("no", _("Not effective"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(label=_("What the check found"), widget=forms.Textarea(attrs={"rows": 3}))


class ExtensionForm(DeedForm):
    """Ask for more time."""

    to_day = day_field(_("New day"))
    reason = forms.CharField(label=_("Why more time is needed"), widget=forms.Textarea(attrs={"rows": 2}))

    def values(self) -> dict[str, Any]:
        """Return day and reason: asking changes nothing of the action."""
        return {"to_day": self.cleaned_data["to_day"], "reason": self.cleaned_data["reason"]}


class DecideForm(DeedForm):
    """Grant or refuse more time."""

    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Grant it")), ("no", _("Refuse it"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AmendForm(DeedForm):
    """Correct what is written of an action, and say why."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Carried by"))
    priority = forms.ChoiceField(label=_("Priority"), choices=Action.Priority.choices)
    description = forms.CharField(
        label=_("Details"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    external_system = forms.CharField(label=_("Kept in"), required=False, max_length=60)
    external_code = forms.CharField(label=_("Code there"), required=False, max_length=60)
    external_link = forms.URLField(
        label=_("Link there"), required=False, max_length=300, assume_scheme="https"
    )
    reason = forms.CharField(label=_("Why it is corrected"), max_length=300)

    def __init__(self, *args: Any, action: Action, on: date, **kwargs: Any) -> None:
        names = ("title", "priority", "description", "external_system", "external_code", "external_link")
        initial = {**{name: getattr(action, name) for name in names}, "owner": action.owner_id}
        super().__init__(*args, action=action, on=on, initial=initial, **kwargs)
        self.fields["owner"].queryset = people_of(action.organization, on)  # type: ignore[attr-defined]
