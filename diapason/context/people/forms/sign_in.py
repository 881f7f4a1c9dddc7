"""Shape what people type about their own sign-in."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diapason.context.people.models import Account, Person
from diapason.ui.views import is_page_of_ours

MOST_VIEWS = 20


class LanguageForm(forms.Form):
    """Ask for the language of the interface."""

    language = forms.ChoiceField(
        label=_("Language of the pages"),
        choices=[("", _("That of the browser")), ("fr", "Français"), ("en", "English")],
        required=False,
    )


class ViewForm(forms.Form):
    """Ask under which name a list is kept as it is narrowed now."""

    name = forms.CharField(label=_("Name of this view"), max_length=60)
    address = forms.CharField(max_length=1_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_address(self) -> str:
        """Take the address of a page of ours only, and no more views than one can look over."""
        address: str = self.cleaned_data["address"]
        if not is_page_of_ours(address):
            raise ValidationError(_("There is no such list here."))
        if len(self.account.views_of(address.partition("?")[0])) >= MOST_VIEWS:
            raise ValidationError(
                _("You keep %(most)s views of this list: forget one first."), params={"most": MOST_VIEWS}
            )
        return address


class PasswordForm(forms.Form):
    """Ask for a new password, twice; pasting and password managers are welcome."""

    new_password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("Twelve characters at least: four words that you alone put together are easy to keep."),
    )
    again = forms.CharField(
        label=_("The same again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Check the two against each other and against the rules for passwords."""
        given = super().clean() or {}
        first, second = given.get("new_password"), given.get("again")
        if first and second and first != second:
            self.add_error("again", _("The two passwords differ."))
        elif first:
            try:
                validate_password(first, Account(email=self.person.email, person=self.person))
            except ValidationError as error:
                self.add_error("new_password", error)
        return given


class ForgottenPassword(ResetPasswordForm):
    """Ask for the address of a forgotten password; the answer is the same for every address."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}), required=True
    )


class SignIn(LoginForm):
    """Ask for address and password, in our own words and without texts inside the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AddPasskey(AddWebAuthnForm):
    """Ask for the name of a passkey; by default it replaces the password too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the device")
        passwordless = self.fields["passwordless"]
        passwordless.label = _("Sign in with it alone, without the password")
        passwordless.help_text = _(
            "The device then asks for your fingerprint, face or code. Otherwise it is a second factor only."
        )
        passwordless.initial = True
