"""Hold what was declared or published, each value with its source."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.indicators.models.content import Qualifier, number_text, qualified
from diapason.context.indicators.models.indicators import Indicator
from diapason.kernel.scope import NOBODY, Scope


class DeclaredValueQuerySet(models.QuerySet["DeclaredValue"]):
    """Find declared values."""

    def visible_to(self, user: Any) -> DeclaredValueQuerySet:
        """Return the network's values, published ones, one's own, and others' where the charter names them."""
        scope: Scope = getattr(user, "scope", NOBODY)
        if scope.form_of("figure") == "named":
            return self
        return self.filter(
            Q(organization=None) | Q(is_published=True) | Q(organization__in=scope.organizations)
        )

    def in_force(self) -> DeclaredValueQuerySet:
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_on=None)


class DeclaredValue(Recorded):
    """Be a value that somebody declared or published, where no record exists to compute it from."""

    number = models.CharField(max_length=40, unique=True)
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="declared_values",
        help_text="empty when the source counts something that the catalogue does not",
    )
    wording = models.CharField(_("in the source’s words"), max_length=200, blank=True)
    scope = models.CharField(max_length=20, help_text="network, rd, esme, national or an organization's code")
    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, null=True, blank=True, related_name="declared_values"
    )
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(_("numerator"), max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(
        _("denominator"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    qualifier = models.CharField(_("how exact"), max_length=12, choices=Qualifier, default=Qualifier.EXACT)
    unit = models.CharField(max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    is_published = models.BooleanField(default=False, help_text="public already: everybody may see it")
    declared_by = models.CharField(max_length=80)
    declared_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = DeclaredValueQuerySet.as_manager()

    class Meta:
        ordering = ["-period_start", "number"]
        indexes = [models.Index(fields=["indicator", "period_start"], name="declared_history")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"declared-value:{self.number}"

    @property
    def said(self) -> str:
        """Return the value as the source gave it, with its unit when it is a percentage."""
        if self.value is None:
            return "–"
        text = number_text(self.value)
        return qualified(f"{text}\u00a0%" if self.unit.startswith("%") else text, self.qualifier)
