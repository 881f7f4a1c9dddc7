"""Shape what is typed about persons and roles."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diapason.context.network.models import Organization
from diapason.context.people.models import Account, Person, RoleAssignment, declared_roles
from diapason.context.people.permissions import MANAGE, may_grant_role
from diapason.ui.wording import reason_text

NETWORK = "network"


def role_choices() -> list[tuple[str, str]]:
    """Return (code, name) of every declared role, in the active language."""
    return [(role.code, role.name.text(get_language() or "fr")) for role in declared_roles().roles.values()]


class Day(forms.DateInput):
    """Be the browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _choices(form: forms.Form, name: str) -> forms.ChoiceField:
    return cast(forms.ChoiceField, form.fields[name])


class RoleForm(forms.Form):
    """Ask for a role, where it holds and when; show only what this administrator may grant."""

    role = forms.ChoiceField(label=_("Role"))
    organization = forms.ChoiceField(label=_("For"), help_text=_("One organization, or the whole network."))
    starts_on = forms.DateField(label=_("From"), widget=Day)
    ends_on = forms.DateField(
        label=_("Until"), widget=Day, required=False, help_text=_("Empty: without end.")
    )

    def __init__(
        self, *args: Any, by: Account, person: Person | None = None, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.person = by, person
        members = Organization.objects.members()
        self.offered = {each.code: each for each in members.where(by.scope, MANAGE)}
        network = [(NETWORK, _("The network"))] if by.scope.may(MANAGE) else []
        houses = [(code, each.short_name) for code, each in self.offered.items()]
        _choices(self, "organization").choices = [("", _("Choose…")), *network, *houses]
        _choices(self, "role").choices = role_choices()
        self.fields["starts_on"].initial = on

    def clean_organization(self) -> Organization | None:
        """Return the organization chosen, None for the network."""
        return self.offered.get(self.cleaned_data["organization"])

    def clean(self) -> dict[str, Any]:
        """Say beside the field what the act would refuse."""
        given = super().clean() or {}
        if self.errors:
            return given
        if given["ends_on"] and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("The last day comes before the first."))
        verdict = may_grant_role(given["role"], given["organization"], person=self.person, by=self.by)
        if not verdict:
            self.add_error("organization", reason_text(verdict))
        return given


class InvitationForm(RoleForm):
    """Ask whom to invite, and the first role."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("With it the person will sign in."))
    field_order = ["given_name", "family_name", "email", "role", "organization", "starts_on", "ends_on"]

    def clean_email(self) -> str:
        """Refuse an address that somebody has already."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if Person.objects.filter(email=email).exists():
            raise ValidationError(_("Somebody with this address is already known."))
        return email


class EndingForm(forms.Form):
    """Ask why, and when, a role ends."""

    reason = forms.CharField(label=_("Why"), max_length=200)
    ends_on = forms.DateField(
        label=_("Last day"), widget=Day, required=False, help_text=_("Empty: at once, this very minute.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class StandInForm(forms.Form):
    """Ask who stands in, from when until when."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Stand-in"), to_field_name="identifier")
    starts_on = forms.DateField(label=_("From"), widget=Day)
    ends_on = forms.DateField(label=_("Until"), widget=Day)

    def __init__(self, *args: Any, by: Account, assignment: RoleAssignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.visible_to(by).filter(account__is_active=True)
        found = cast(forms.ModelChoiceField, self.fields["person"])
        found.queryset = others.exclude(pk__in=[assignment.person_id, by.person_id])

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        given = super().clean() or {}
        if not self.errors and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("The last day comes before the first."))
        return given


class CorrectionForm(forms.Form):
    """Ask for the right name and address, and why they change."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"))
    reason = forms.CharField(label=_("Why"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Ask why an account ends."""

    reason = forms.CharField(label=_("Why"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)
