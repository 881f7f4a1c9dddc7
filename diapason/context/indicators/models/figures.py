"""Hold the figures: stored values, so that no page counts the records again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Expression, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.indicators.models.content import FigureContent
from diapason.context.indicators.models.indicators import Indicator, IndicatorDefinition
from diapason.kernel.scope import NOBODY, Scope


class FigureQuerySet(models.QuerySet["Figure"]):
    """Find figures."""

    def visible_to(self, user: Any) -> FigureQuerySet:
        """Return the network's figures, one's own organization's, and others' where the charter names them."""
        scope: Scope = getattr(user, "scope", NOBODY)
        if scope.form_of("figure") == "named":
            return self
        return self.filter(Q(organization=None) | Q(organization__in=scope.organizations))

    def of_network(self) -> FigureQuerySet:
        """Return the figures of the whole network."""
        return self.filter(organization=None)

    def current(self) -> FigureQuerySet:
        """Return the figures made by the definition in force."""
        return self.filter(definition__is_current=True)

    def of_year(self, year: int | Expression) -> FigureQuerySet:
        """Return the figures of a calendar year."""
        return self.filter(period_start__year=year, period_end__year=year)

    def told(self) -> FigureQuerySet:
        """Return them with what is needed to say them, in the order of the catalogue."""
        return self.select_related(
            "definition__indicator", "indicator", "organization", "signed_by"
        ).order_by("indicator__order", "indicator__code")


class Figure(FigureContent):
    """Be the value of an indicator for the network or one organization over a period, by one definition."""

    key = models.CharField(max_length=100, unique=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    definition = models.ForeignKey(IndicatorDefinition, models.PROTECT, related_name="figures")
    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, null=True, blank=True, related_name="figures"
    )
    declared = models.ForeignKey(
        "indicators.DeclaredValue", models.PROTECT, null=True, blank=True, related_name="figures"
    )
    made_at = models.DateTimeField(_("computed"), help_text="when the value was computed or taken over")
    signed_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
    )
    signed_on = models.DateField(_("signed off on"), null=True, blank=True)
    signed_fingerprint = models.CharField(_("fingerprint signed off"), max_length=64, blank=True)
    signature = models.CharField(
        _("signature"), max_length=80, blank=True, help_text="reference of the electronic signature"
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["indicator", "period_start"], name="figure_history"),
            models.Index(fields=["organization", "period_start"], name="figure_of_organization"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Return where this figure comes from."""
        return reverse("indicators:figure", args=[self.key])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"figure:{self.key}"

    @property
    def is_signed(self) -> bool:
        """Tell whether it was signed off as it stands now: a later change undoes the signature."""
        return self.signed_on is not None and self.signed_fingerprint == self.fingerprint

    @property
    def was_signed_before(self) -> bool:
        """Tell whether a signature no longer fits the value."""
        return self.signed_on is not None and not self.is_signed


class FigureRun(Recorded):
    """Say when the figures of a period were last computed, and what that changed."""

    period_start = models.DateField()
    period_end = models.DateField()
    computed_at = models.DateTimeField()
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()

    class Meta:
        ordering = ["-computed_at"]
        indexes = [models.Index(fields=["period_start", "-computed_at"], name="figure_run_latest")]

    def __str__(self) -> str:
        return f"{self.period_start:%Y} {self.computed_at}"
