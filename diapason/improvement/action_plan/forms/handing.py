"""Shape what is asked of others: to look after an action while its owner is away, to check it for another house."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.people.models import Person
from diapason.improvement.action_plan.forms.carrying import DeedForm, ReasonForm
from diapason.improvement.action_plan.forms.planning import day_field, people_of
from diapason.improvement.action_plan.models import Action, CheckInvitation
from diapason.improvement.action_plan.queries.people import checkers_elsewhere, stand_ins_to_come


class DelegateForm(DeedForm):
    """Hand the action over while its owner is away."""

    to = forms.ModelChoiceField(
        Person.objects.none(), label=_("Handed to"), required=False, empty_label=_("nobody: take it back")
    )
    until = day_field(_("Handed over until"), required=False)

    def __init__(self, *args: Any, action: Action, on: date, **kwargs: Any) -> None:
        near = list(stand_ins_to_come(action, on))
        first = near[0] if near else None
        until = {"to": first.person_id, "until": first.ends_on} if first else {}
        super().__init__(*args, action=action, on=on, initial=until, **kwargs)
        to: Any = self.fields["to"]
        stand_ins = [row.person for row in near]
        house = people_of(action.organization, on).exclude(pk=action.owner_id or 0)
        to.queryset = Person.objects.filter(
            Q(pk__in=house.values("pk")) | Q(pk__in=[one.pk for one in stand_ins])
        )
        if stand_ins:
            others = house.exclude(pk__in=[one.pk for one in stand_ins])
            to.choices = [
                ("", to.empty_label),
                (
                    gettext("Stands in for %(name)s") % {"name": action.owner},
                    [(one.pk, str(one)) for one in stand_ins],
                ),
                (gettext("Others of the organization"), [(one.pk, str(one)) for one in others]),
            ]


class InviteForm(DeedForm):
    """Ask a quality manager of another house to check."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Quality manager of another organization"))

    def __init__(self, *args: Any, action: Action, on: date, **kwargs: Any) -> None:
        super().__init__(*args, action=action, on=on, **kwargs)
        self.fields["person"].queryset = checkers_elsewhere(action, on)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return the person: inviting changes nothing of the action."""
        return {"person": self.cleaned_data["person"]}


class ReleaseForm(ReasonForm):
    """Choose the invitation that ends, and say why."""

    invitation = forms.ModelChoiceField(CheckInvitation.objects.none(), label=_("Asked of"), empty_label=None)
    field_order = ("invitation", "reason")

    def __init__(self, *args: Any, action: Action, on: date, **kwargs: Any) -> None:
        super().__init__(*args, action=action, on=on, **kwargs)
        asked: Any = self.fields["invitation"]
        asked.queryset = action.invitations.filter(ended_on=None).select_related("person")
        asked.label_from_instance = lambda one: str(one.person)
        asked.initial = next((one.pk for one in asked.queryset[:1]), None)

    def values(self) -> dict[str, Any]:
        """Return invitation and reason: the action itself does not change."""
        return {"invitation": self.cleaned_data["invitation"], "reason": self.cleaned_data["reason"]}


class DeclineForm(ReasonForm):
    """Say why one cannot check."""

    def values(self) -> dict[str, Any]:
        """Return the reason: the action itself does not change."""
        return {"reason": self.cleaned_data["reason"]}
