"""Take a person's electronic signature of exactly the text that was shown (ICH E6(R3) 4.2.2; ISO 9001 §7.5.3).

The form shows the frozen text, its short hash and the meanings offered, and asks for the credentials in the same
POST. `SignatureForm` proves who signs before any act is open, since checking a password is slow on purpose; the
chapter's act then calls `sign` with that proof: record, signature and trail line stand or fall together.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.acts import act, record, take_number
from diapason.audit_trail.heads import sign_head_after
from diapason.audit_trail.signing.facts import RecordSigned
from diapason.audit_trail.signing.models import Meaning, Method, Signature, short
from diapason.kernel.clock import wall_clock
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.ui import wording

FAILURES, WITHIN_SECONDS = 5, 300
KIND = "SG"
TEXT_CHANGED = message("The text has changed since it was shown: read it again, then sign.")


@dataclass(frozen=True)
class Proof:
    """Hold that a person has just proved who he or she is, for one text and one meaning."""

    person: str
    name: str
    meaning: str
    method: str
    text_hash: str


def hash_of(text: str) -> str:
    """Return the hex SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def factors_of(account: Any) -> set[str]:
    """Return the kinds of second factor that this account has registered."""
    return set(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))


class SignatureForm(forms.Form):
    """Ask for meaning and credentials, bound to the hash of the text shown; gives `proof` when valid.

    Draw it with `{% include "audit_trail/sign_form.html" %}`, the form as `signing`, its address as `sign_url`.
    """

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    meaning = forms.ChoiceField(label=_("What my signature means"), choices=Meaning.choices)
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("One-time code"),
        required=False,
        help_text=_("From your authenticator application, or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False)

    proof: Proof | None = None

    def __init__(
        self, data: Any = None, *, request: HttpRequest, text: str, meanings: Sequence[str] = (), **more: Any
    ) -> None:
        """Prepare the form for what is shown: `text`, and the meanings that fit the record (all by default)."""
        more.setdefault("prefix", "signing")
        super().__init__(data, initial={"shown": hash_of(text)}, **more)
        self.request, self.text = request, text
        self.factors = factors_of(request.user)
        offered = [choice for choice in Meaning.choices if not meanings or choice[0] in meanings]
        self.fields["meaning"].choices = offered  # type: ignore[attr-defined]
        self.fields["password"].one_way = True  # type: ignore[attr-defined]  # or a passkey: neither is "optional"
        self.fields["code"].one_way = True  # type: ignore[attr-defined]
        if not self.asks_for_code:
            del self.fields["code"]

    @property
    def short_hash(self) -> str:
        """Return the beginning of the hash of what is shown."""
        return short(hash_of(self.text))

    @property
    def asks_for_code(self) -> bool:
        """Tell whether the account has an authenticator application."""
        return "totp" in self.factors

    @property
    def has_passkey(self) -> bool:
        """Tell whether the account has a passkey."""
        return "webauthn" in self.factors

    @property
    def is_weak(self) -> bool:
        """Tell whether only a password can be asked for: the weaker class, named on screen and paper."""
        return not self.asks_for_code and not self.has_passkey

    @property
    def is_possible(self) -> bool:
        """Tell whether this account may sign: a second factor is demanded unless the instance does not."""
        return not (self.is_weak and settings.DIAPASON["require_mfa"])

    def passkey_options(self) -> dict[str, Any]:
        """Return what the browser needs to ask for the passkey; the challenge stays in the session."""
        return {"request_options": webauthn.begin_authentication(self.request.user)}

    def clean(self) -> dict[str, Any]:
        """Check the text first, then who signs; every failure counts, success forgets them."""
        data = super().clean() or {}
        if self.errors:
            return data
        if data["shown"] != hash_of(self.text):
            raise ValidationError(gettext(TEXT_CHANGED))
        user: Any = self.request.user
        attempts = f"diapason.signing.{user.pk}"
        if cache.get(attempts, 0) >= FAILURES:
            raise ValidationError(gettext("Too many wrong tries: wait five minutes, then sign again."))
        method = self._method(user, data)
        if method is None:
            cache.add(attempts, 0, WITHIN_SECONDS)
            cache.incr(attempts)
            _note_failure(user)
            raise ValidationError(gettext("Password or code is wrong. Nothing was signed."))
        cache.delete(attempts)
        self.proof = Proof(user.trail_name, str(user), data["meaning"], method, data["shown"])
        return data

    def _method(self, user: Any, data: dict[str, Any]) -> str | None:
        """Return how the person proved who he or she is; None when that failed."""
        if not self.is_possible:
            return None
        if data["credential"] and self.has_passkey:
            return Method.PASSKEY if _passkey_answers(user, data["credential"]) else None
        if not user.check_password(data["password"]):
            return None
        if self.is_weak:
            return Method.PASSWORD
        code = data.get("code", "").replace(" ", "")
        for kind, method in (("totp", Method.PASSWORD_TOTP), ("recovery_codes", Method.PASSWORD_RECOVERY)):
            found = Authenticator.objects.filter(user_id=user.pk, type=kind).first() if code else None
            if found is not None and found.wrap().validate_code(code):
                return method
        return None


def _passkey_answers(user: Any, text: str) -> bool:
    try:
        credential = json.loads(text)
        webauthn.parse_authentication_response(credential)
        webauthn.complete_authentication(user, credential)
    except (ValidationError, ValueError, TypeError, KeyError):
        return False
    return True


def _note_failure(user: Any) -> None:
    entry = {
        "at": wall_clock().isoformat(timespec="milliseconds"),
        "event": "signature failed",
        "person": user.trail_name,
    }
    logging.getLogger("diapason.security").info("%s", json.dumps(entry))


def may_sign(text: str, *, proof: Proof | None, by: Any) -> Verdict:
    """Tell whether this proof is that person's, and for exactly this text."""
    if proof is None or proof.person != by.trail_name:
        return Verdict.no(message("A signature needs the credentials of the person who signs."))
    if proof.text_hash != hash_of(text):
        return Verdict.no(TEXT_CHANGED)
    return Verdict.yes()


@act
def sign(
    *, subject: str, text: str, proof: Proof | None, by: Any, at: datetime, organization: str = ""
) -> Signature:
    """Sign the text about a record: `subject` is "kind:key", `organization` the code of its owner.

    Call it inside the chapter's own act. Raises Refused when the text is not the one that was shown.
    """
    may_sign(text, proof=proof, by=by).require()
    assert proof is not None  # noqa: S101  required above
    signature = Signature.objects.create(
        number=take_number(KIND, organization or "NET", at.year),
        subject=subject,
        organization=organization,
        text=text,
        text_hash=proof.text_hash,
        meaning=proof.meaning,
        person=proof.person,
        name=proof.name,
        method=proof.method,
        signed_at=at,
    )
    fact = RecordSigned(
        subject=subject,
        organization=organization,
        number=signature.number,
        meaning=signature.meaning,
        method=signature.method,
        text_hash=signature.text_hash,
    )
    record(fact, by=by)
    sign_head_after("signature")
    return signature


def printed_lines(subject: str) -> list[str]:
    """Return the signatures given to a record as they stand on paper: who, when, what it means, by which means."""
    return [printed(signature) for signature in Signature.objects.about(subject)]


def printed(signature: Signature) -> str:
    """Return one signature as it stands on paper, in the reader's language; the weaker class is named."""
    means = str(Method(signature.method).label)
    if signature.is_weak:
        means = gettext("%(means)s, weaker class") % {"means": means}
    return gettext("%(name)s, %(moment)s: %(meaning)s (%(means)s; %(number)s, hash of the text %(hash)s)") % {
        "name": signature.name,
        "moment": wording.moment(signature.signed_at),
        "meaning": Meaning(signature.meaning).label,
        "means": means,
        "number": signature.number,
        "hash": signature.short_hash,
    }
