"""Store outgoing messages, and apart from them their words."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.mailing.rules import CONFIDENTIAL_TEXT_DAYS, oldest_kept
from diapason.kernel.scope import NOBODY, Scope

MANAGE = "manage_accounts"


class MessageQuerySet(models.QuerySet["OutgoingMessage"]):
    """Ask for messages."""

    def visible_to(self, user: Any) -> "MessageQuerySet":
        """Keep all for the network's administration, else those that this person's own acts queued."""
        scope: Scope = getattr(user, "scope", NOBODY)
        if scope.may(MANAGE):
            return self
        return self.filter(requested_by=scope.person) if scope.person else self.none()

    def waiting(self) -> "MessageQuerySet":
        """Keep those that are still to be sent."""
        return self.filter(next_attempt_at__isnull=False)

    def due(self, *, at: datetime) -> "MessageQuerySet":
        """Keep those whose next attempt has come."""
        return self.filter(next_attempt_at__lte=at)

    def outdated(self, *, days: int, at: datetime) -> "MessageQuerySet":
        """Keep those whose words were kept long enough: `days` days, fewer when they hold a one-use link."""
        old = Q(queued_at__lt=oldest_kept(days, at=at))
        dead = Q(confidential=True, queued_at__lt=oldest_kept(min(days, CONFIDENTIAL_TEXT_DAYS), at=at))
        return self.filter(old | dead, text_removed_at=None, next_attempt_at=None)


class OutgoingMessage(Recorded):
    """Be one e-mail to one person: to whom, about what, and how far it has come."""

    class State(models.TextChoices):
        """Say how far a message has come."""

        QUEUED = "queued", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("will be tried again")
        ABANDONED = "abandoned", _("given up")
        KEPT = "kept", _("not sent")

    PERSONAL = ("recipient", "title", "last_error")

    key = models.CharField(max_length=24, unique=True, editable=False)
    recipient = models.EmailField(_("recipient"))
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("subject line"), max_length=200)
    kind = models.CharField(max_length=40)
    about = models.CharField(_("record it is about"), max_length=120, blank=True)
    requested_by = models.CharField(_("written by an act of"), max_length=60)
    confidential = models.BooleanField(_("holds a link that signs somebody in"), default=False)
    state = models.CharField(max_length=10, choices=State.choices)
    queued_at = models.DateTimeField(_("written on"))
    not_before = models.DateTimeField(_("not before"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, db_index=True)
    last_error = models.CharField(_("what the server said"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent on"), null=True)
    text_removed_at = models.DateTimeField(_("text removed on"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        ordering = ["-queued_at", "-key"]
        indexes = [models.Index(fields=["state", "-queued_at"], name="message_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_sent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "failed"], next_attempt_at__isnull=False)
                | (~Q(state__in=["queued", "failed"]) & Q(next_attempt_at__isnull=True)),
                name="message_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def subject(self) -> str:
        """Return the subject under which the trail speaks of this message."""
        return f"message:{self.key}"

    @property
    def drawn_as(self) -> str:
        """Return how the state is drawn."""
        drawn = {"queued": "run", "sent": "ok", "failed": "warn", "abandoned": "bad", "kept": "unk"}
        return drawn[self.state]

    def get_absolute_url(self) -> str:
        """Return the page of this message."""
        return reverse("mailing:message", args=[self.key])


class MessageText(models.Model):
    """Hold the words of a message until they are removed, and which worker is sending it."""

    message = models.OneToOneField(OutgoingMessage, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()
    claimed_until = models.DateTimeField(null=True)
