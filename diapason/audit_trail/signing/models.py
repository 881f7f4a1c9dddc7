"""Store the public keys of the instance and the electronic signatures of persons."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.recorded import Recorded


class SigningKey(Recorded):
    """Be a public key with which heads of the trail are signed; the one before it introduces it."""

    key_id = models.CharField(_("fingerprint"), max_length=64, unique=True)
    public_key = models.CharField(_("public key"), max_length=64)
    previous = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="following")
    introduction = models.CharField(_("signature of the key before"), max_length=128, blank=True)
    introduced_at = models.DateTimeField(_("introduced"))

    class Meta:
        app_label = "audit_trail"
        ordering = ["pk"]
        verbose_name = _("signing key")

    def __str__(self) -> str:
        return self.key_id[:16]


class Meaning(models.TextChoices):
    """Say what a signature means."""

    REVIEW = "review", _("I have reviewed this text")
    APPROVAL = "approval", _("I approve this text")
    RESPONSIBILITY = "responsibility", _("I take responsibility for this content")
    AUTHORSHIP = "authorship", _("I am the author of this text")
    VERIFICATION = "verification", _("I have checked these figures against their sources")


class Method(models.TextChoices):
    """Say with what the person proved who he or she is."""

    PASSWORD_TOTP = "password_totp", _("password and one-time code")
    PASSWORD_RECOVERY = "password_recovery", _("password and recovery code")
    PASSKEY = "passkey", _("passkey")
    PASSWORD = "password", _("password alone")


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Ask for signatures."""

    def about(self, subject: str) -> "SignatureQuerySet":
        """Return those given to a record, oldest first."""
        return self.filter(subject=subject).order_by("signed_at", "pk")


class Signature(Recorded):
    """Be one person's signature of exactly the text that was shown, with its meaning."""

    PERSONAL = ("name",)

    number = models.CharField(_("number"), max_length=30, unique=True)
    subject = models.CharField(_("record"), max_length=120, db_index=True)
    organization = models.CharField(_("organization"), max_length=20, blank=True)
    text = models.TextField(_("signed text"))
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    meaning = models.CharField(_("meaning"), max_length=20, choices=Meaning)
    person = models.CharField(_("person"), max_length=12)
    name = models.CharField(_("name"), max_length=170)
    method = models.CharField(_("means"), max_length=20, choices=Method)
    signed_at = models.DateTimeField(_("signed"))

    objects = SignatureQuerySet.as_manager()

    class Meta:
        app_label = "audit_trail"
        ordering = ["signed_at", "pk"]
        verbose_name = _("signature")

    def __str__(self) -> str:
        return self.number

    @property
    def short_hash(self) -> str:
        """Return the beginning of the hash, as it is shown and printed."""
        return short(self.text_hash)

    @property
    def is_weak(self) -> bool:
        """Tell whether only a password proved who signed: the weaker class, named on screen and paper."""
        return self.method == Method.PASSWORD

    def holds_for(self, text: str) -> bool:
        """Tell whether the record still says exactly what was signed."""
        return self.text == text


def short(text_hash: Any) -> str:
    """Return the first 16 hex digits of a hash in groups of four."""
    return " ".join(str(text_hash)[at : at + 4] for at in range(0, 16, 4))
