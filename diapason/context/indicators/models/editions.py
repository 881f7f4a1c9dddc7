"""Hold the frozen editions: the figures of a year as they were when the network published them."""

from __future__ import annotations

import hashlib

from django.db import models
from django.urls import reverse

from diapason.audit_trail.models import Recorded
from diapason.context.indicators.models.content import FigureContent
from diapason.context.indicators.models.figures import Figure
from diapason.context.indicators.models.indicators import IndicatorDefinition
from diapason.ui.languages import in_language


class FrozenEdition(Recorded):
    """Be the network's figures of a year, frozen: what it prints comes from here and no longer moves."""

    number = models.CharField(max_length=40, unique=True)
    name_fr = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    period_start = models.DateField()
    period_end = models.DateField()
    content = models.TextField(help_text="canonical JSON of every value and definition version")
    content_hash = models.CharField(max_length=64)
    frozen_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    frozen_on = models.DateField()
    signature = models.CharField(max_length=80, blank=True, help_text="reference of the electronic signature")

    class Meta:
        ordering = ["-period_start", "-number"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the edition."""
        return reverse("indicators:edition", args=[self.number])

    @property
    def name(self) -> str:
        """Return the name in the active language."""
        return in_language(self.name_fr, self.name_en)

    @property
    def year(self) -> int:
        """Return the year of its figures."""
        return self.period_start.year

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"frozen-edition:{self.number}"

    @property
    def is_intact(self) -> bool:
        """Tell whether the content still gives its hash."""
        return hashlib.sha256(self.content.encode()).hexdigest() == self.content_hash


class EditionFigure(FigureContent):
    """Be the copy of one figure inside a frozen edition."""

    edition = models.ForeignKey(FrozenEdition, models.PROTECT, related_name="figures")
    figure = models.ForeignKey(Figure, models.PROTECT, related_name="editions")
    definition = models.ForeignKey(IndicatorDefinition, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "figure"], name="edition_figure_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.figure_id}"

    @property
    def is_signed(self) -> bool:
        """Tell whether the frozen value was signed off, before the freezing or after it."""
        return self.figure.signed_on is not None and self.figure.signed_fingerprint == self.fingerprint

    @property
    def is_provisional(self) -> bool:
        """Tell whether it must be marked where it is shown."""
        return not (self.is_whole and self.is_signed)

    @property
    def has_moved(self) -> bool:
        """Tell whether the live figure differs from the frozen one today."""
        return self.figure.fingerprint != self.fingerprint
