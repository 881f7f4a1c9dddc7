"""Hold what must be done outside, what declarer and quality manager tell each other, and the letter box."""

from __future__ import annotations

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.improvement.quality_events.models.events import QualityEvent, said, words
from diapason.kernel.words import message
from diapason.ui import wording

UNITS = {
    "hours": message("hours"),
    "calendar_days": message("calendar days"),
    "working_days": message("working days"),
}


class Obligation(Recorded):
    """Be something to be done outside this tool, with its clock; met when somebody says when it was done."""

    CONFIDENTIAL = ("reference", "waived_reason")

    event = models.ForeignKey(QualityEvent, models.PROTECT, related_name="obligations")
    code = models.CharField(max_length=40)
    starts_at = models.DateTimeField(_("runs from"))
    due_at = models.DateTimeField(_("due"))
    unit = models.CharField(_("counted in"), max_length=16)
    met_at = models.DateTimeField(_("done at"), null=True, blank=True)
    reference = models.CharField(_("proof or reference"), max_length=200, blank=True)
    waived_reason = models.CharField(_("not needed because"), max_length=300, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="obligation_once"),
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("starts_at")), name="obligation_due_later"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="obligation_due", condition=Q(met_at=None, waived_reason=""))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return what is to be done."""
        duty = words().duty(self.code)
        return said(duty.name) if duty else self.code

    @property
    def source(self) -> str:
        """Return the text that asks for it."""
        duty = words().duty(self.code)
        return said(duty.source) if duty else ""

    @property
    def due_said(self) -> str:
        """Return when it is due, on the clocks of the place where it happened."""
        return self._on_the_clocks_there(self.due_at)

    @property
    def met_said(self) -> str:
        """Return when it was done, on the clocks of the place; "" while it is not."""
        return self._on_the_clocks_there(self.met_at) if self.met_at else ""

    def _on_the_clocks_there(self, moment: datetime) -> str:
        place = self.event.place
        with timezone.override(ZoneInfo(place.timezone)):
            said_there = wording.moment(moment)
        if place.timezone == settings.TIME_ZONE:
            return said_there
        return gettext("%(moment)s (time at %(place)s)") % {"moment": said_there, "place": place.short_name}

    @property
    def unit_label(self) -> str:
        """Return in what its clock is counted."""
        return gettext(UNITS.get(self.unit, self.unit))

    @property
    def is_settled(self) -> bool:
        """Tell whether it was done, or found not to be needed."""
        return self.met_at is not None or bool(self.waived_reason)

    def is_late(self, *, at: datetime) -> bool:
        """Tell whether it was done late, or is late now."""
        return not self.waived_reason and (self.met_at or at) > self.due_at


class EventMessage(Recorded):
    """Be what the declarer is told, or tells: shown to both, whoever they are to each other."""

    CONFIDENTIAL = ("text",)

    event = models.ForeignKey(QualityEvent, models.PROTECT, related_name="messages")
    from_declarer = models.BooleanField(default=False)
    text = models.TextField(_("message"))
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.on}"


def random_key() -> int:
    """Return a key that says nothing of the order in which rows came."""
    return secrets.randbelow(2**62) + 1


class Letter(models.Model):
    """Be what waits anonymously for the daily collection: no time, no order, no person (unrecorded).

    A report, or, when `is_reply`, what its declarer adds to it later. The key is random and stands for the row itself
    (on SQLite an integer key is the rowid: no hidden number counts the rows as they come).
    """

    id = models.BigAutoField(primary_key=True, default=random_key)
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, blank=True)
    description = models.TextField()
    where_text = models.CharField(max_length=200, blank=True)
    consequence = models.CharField(max_length=10, blank=True)
    receipt_digest = models.CharField(max_length=64)
    is_reply = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt_digest", "is_reply"], name="letter_once_a_receipt")
        ]

    def __str__(self) -> str:
        return "letter"


class ReportSetting(Recorded):
    """Say how an organization lets its people report; without a row everything extra is off."""

    organization = models.OneToOneField("network.Organization", models.PROTECT, related_name="+")
    photo = models.BooleanField(_("a photo may be added"), default=False)

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.photo}"
