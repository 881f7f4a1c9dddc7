"""Hold the causes found, and the clauses that an event touches."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.improvement.quality_events.models.events import QualityEvent, said, words


class CauseFound(Recorded):
    """Be one cause, or one "why" on the way to it: a tree that draws both the five whys and the Ishikawa diagram."""

    CONFIDENTIAL = ("text",)

    event = models.ForeignKey(QualityEvent, models.PROTECT, related_name="causes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reasons")
    order = models.PositiveSmallIntegerField(default=0)
    family = models.CharField(_("branch"), max_length=20)
    text = models.CharField(_("cause"), max_length=300)
    cause = models.CharField(_("in the shared words"), max_length=20, blank=True)
    is_root = models.BooleanField(_("root cause"), default=False)
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        indexes = [
            models.Index(fields=["cause", "event"], name="cause_event", condition=models.Q(removed_on=None)),
            models.Index(fields=["event", "removed_on", "is_root", "cause"], name="cause_of_event"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def cause_name(self) -> str:
        """Return the shared word for it."""
        named = words().causes.get(self.cause)
        return said(named.name) if named else self.cause

    @property
    def family_name(self) -> str:
        """Return the branch of the diagram."""
        named = words().families.get(self.family)
        return said(named.name) if named else self.family


class EventClause(Recorded):
    """Say that an event touches a clause of a standard; ISO and good clinical practice at once."""

    event = models.ForeignKey(QualityEvent, models.PROTECT, related_name="clauses")
    clause = models.ForeignKey("standards.Clause", models.PROTECT, related_name="quality_events")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "clause"], name="event_clause_once")]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.clause_id}"
