"""Shape an action and its criterion."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.indicators.models import Indicator
from diapason.context.network.models import Organization
from diapason.context.people.models import Person, RoleAssignment
from diapason.improvement.action_plan.acts.planning import Criterion, Draft
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import criterion as criteria
from diapason.improvement.action_plan.rules import moves
from diapason.ui.free_text import AsksBeforeKeeping

DAY = {"type": "date"}


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **more)


def people_of(organization: Organization, on: date) -> "QuerySet[Person]":
    """Return who holds a role in the house that day."""
    held = RoleAssignment.objects.in_force(on=on).filter(organization=organization, person=OuterRef("pk"))
    return Person.objects.filter(Exists(held))


class CriterionForm(AsksBeforeKeeping, forms.Form):
    """Fix by what effectiveness will be judged."""

    criterion_kind = forms.ChoiceField(label=_("Effectiveness judged by"), required=False)
    criterion_text = forms.CharField(
        label=_("What will show that it worked"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.all(), label=_("Indicator"), required=False, empty_label="–"
    )
    operator = forms.ChoiceField(
        label=_("Compared by"),
        required=False,
        choices=[("", "–"), *((one, one) for one in criteria.OPERATORS)],
    )
    value = forms.DecimalField(label=_("Target"), required=False, max_digits=14, decimal_places=4)
    periods = forms.IntegerField(
        label=_("Months in a row"), required=False, min_value=1, max_value=24, initial=3
    )
    check_due_on = day_field(_("To be checked on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [("", "–"), *((code, gettext(name)) for code, name in criteria.KINDS.items())]
        self.fields["criterion_kind"].choices = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a day when a criterion is named."""
        data = super().clean() or {}
        if data.get("criterion_kind") and not data.get("check_due_on"):
            self.add_error("check_due_on", gettext("Say on which day it will be checked."))
        return data

    def criterion(self) -> Criterion | None:
        """Return the criterion as the act wants it, None when none is named."""
        data = self.cleaned_data
        if not data["criterion_kind"]:
            return None
        return Criterion(
            kind=data["criterion_kind"],
            text=data["criterion_text"],
            check_due_on=data["check_due_on"],
            indicator=data["indicator"],
            operator=data["operator"],
            value=data["value"],
            periods=data["periods"] or 1,
        )


class ActionForm(CriterionForm):
    """Plan an action."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"))
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Carried by"))
    due_on = day_field(_("Due on"))
    priority = forms.ChoiceField(label=_("Priority"), choices=Action.Priority.choices, initial="normal")
    description = forms.CharField(
        label=_("Details"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    organization = forms.CharField(widget=forms.HiddenInput)
    origin = forms.CharField(required=False, widget=forms.HiddenInput)
    replaces = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("title", "kind", "owner", "due_on", "priority", "description")

    def __init__(self, *args: Any, house: Organization, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.house = house
        kinds = [(code, gettext(name)) for code, name in moves.KINDS.items()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["owner"].queryset = people_of(house, on)  # type: ignore[attr-defined]

    def draft(self, label: str, replaces: Action | None = None) -> Draft:
        """Return the action as the act wants it."""
        data = self.cleaned_data
        return Draft(
            organization=self.house,
            kind=data["kind"],
            title=data["title"],
            due_on=data["due_on"],
            owner=data["owner"],
            description=data["description"],
            priority=data["priority"],
            origin=data["origin"],
            origin_label=label,
            criterion=self.criterion(),
            replaces=replaces,
        )
