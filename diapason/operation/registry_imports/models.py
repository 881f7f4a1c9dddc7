"""Hold import runs, the working copy of what their files say, and the names of places."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from diapason.audit_trail.models import Recorded
from diapason.kernel.words import message
from diapason.operation.registry_imports.readers.record import REASONS
from diapason.ui.wording import sentence

CONFIRMED_NOWHERE = message("no member of the network")


class ImportQuerySet(models.QuerySet["ImportRun"]):
    """Find imports."""

    def visible_to(self, user: Any) -> ImportQuerySet:
        """Return the imports to those who may import; nobody else needs to know."""
        return self if user.scope.may_somewhere("import_registry") else self.none()


class ImportRun(Recorded):
    """Be one file of a register on its way into the record, from preview to report."""

    class State(models.TextChoices):
        """Say where the import stands."""

        PREPARING = "preparing", gettext_lazy("being read")
        PREVIEWED = "previewed", gettext_lazy("to confirm")
        RUNNING = "running", gettext_lazy("being taken over")
        DONE = "done", gettext_lazy("done")
        CANCELLED = "cancelled", gettext_lazy("cancelled")
        FAILED = "failed", gettext_lazy("failed")

    number = models.CharField(max_length=30, unique=True)
    file_name = models.CharField(gettext_lazy("file"), max_length=200)
    file_digest = models.CharField(max_length=64)
    file_size = models.BigIntegerField(default=0)
    register = models.CharField(gettext_lazy("register"), max_length=40, default="ClinicalTrials.gov")
    data_on = models.DateField(gettext_lazy("data as of"), null=True, blank=True)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=State, default=State.PREPARING)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    older = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("registry_imports:import", args=[self.number])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"registry-import:{self.number}"

    @property
    def is_under_way(self) -> bool:
        """Tell whether a job is working on it."""
        return self.state in {self.State.PREPARING, self.State.RUNNING}

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be cancelled."""
        return self.is_under_way or self.state == self.State.PREVIEWED

    @property
    def left_alone(self) -> int:
        """Return how many studies were left as they are: the same already, or a newer version kept."""
        return self.unchanged + self.older

    @property
    def drawn_as(self) -> str:
        """Return how its state is drawn."""
        drawn = {self.State.DONE: "ok", self.State.FAILED: "bad", self.State.PREVIEWED: "warn"}
        return "run" if self.is_under_way else drawn.get(self.State(self.state), "unk")


class ImportProgress(models.Model):
    """Hold how far a job has come, and whether somebody asked it to stop."""

    run = models.OneToOneField(ImportRun, models.PROTECT, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    wants_cancel = models.BooleanField(default=False)
    beat_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)


class StagedLine(models.Model):
    """Hold one line of the file: what is there, what would become of it, and whether that was done."""

    class Outcome(models.TextChoices):
        """Say what becomes of the line."""

        CREATE = "create", gettext_lazy("created")
        UPDATE = "update", gettext_lazy("updated")
        UNCHANGED = "unchanged", gettext_lazy("unchanged")
        OLDER = "older", gettext_lazy("older than what is known")
        REFUSED = "refused", gettext_lazy("refused")

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=300)
    identifier = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    is_done = models.BooleanField(default=False)
    data_on = models.DateField(null=True)
    packed = models.BinaryField(null=True)
    code = models.CharField(max_length=20, blank=True)
    parameters = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["run", "outcome", "is_done", "position"], name="staged_next"),
        ]

    @property
    def reason(self) -> str:
        """Return why the line was refused, in the reader's language."""
        return sentence(REASONS[self.code], self.parameters) if self.code in REASONS else ""

    @property
    def remarks(self) -> list[str]:
        """Return what could not be understood, in the reader's language."""
        return [sentence(text, parameters) for text, parameters in self.doubts]


class PlaceName(Recorded):
    """Hold the decision of a person: which member's site a registry name stands for, or that it is none."""

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=300)
    city = models.CharField(max_length=120, blank=True)
    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey("network.Site", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField()

    @property
    def member_said(self) -> str:
        """Return the member, or that it is none."""
        return str(self.site or self.organization or gettext(CONFIRMED_NOWHERE))


class PlaceProposal(models.Model):
    """Hold a registry name that may be a member's, until a person decides."""

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=300)
    city = models.CharField(max_length=120, blank=True)
    is_sponsor = models.BooleanField(default=False)
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="+")
    site = models.ForeignKey("network.Site", models.PROTECT, null=True, related_name="+")
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-times", "name"]
