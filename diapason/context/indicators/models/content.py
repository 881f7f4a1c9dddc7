"""Give what a figure and its frozen copy have in common: the value, how sure it is, and how it is told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diapason.audit_trail.models import Recorded
from diapason.context.indicators.rules.figures import interval_of
from diapason.statistics.intervals import Interval
from diapason.ui import wording

if TYPE_CHECKING:
    from diapason.context.indicators.models.indicators import IndicatorDefinition


class Status(models.TextChoices):
    """Say where a value comes from and whether it is whole."""

    COMPUTED = "computed", gettext_lazy("computed from records")
    DECLARED = "declared", gettext_lazy("declared")
    INCOMPLETE = "incomplete", gettext_lazy("incomplete")
    NOT_KNOWN = "not_known", gettext_lazy("not known")


class Qualifier(models.TextChoices):
    """Say how exact a value is."""

    EXACT = "exact", gettext_lazy("exact")
    ABOUT = "about", gettext_lazy("about")
    MORE_THAN = "more_than", gettext_lazy("more than")
    AVERAGE = "average", gettext_lazy("on average")


def qualified(text: str, qualifier: str) -> str:
    """Return the value with its qualifier in words: "more than 15%"."""
    if qualifier == Qualifier.ABOUT:
        return _("about %(value)s") % {"value": text}
    if qualifier == Qualifier.MORE_THAN:
        return _("more than %(value)s") % {"value": text}
    if qualifier == Qualifier.AVERAGE:
        return _("%(value)s on average") % {"value": text}
    return text


def number_text(value: Decimal | int, places: int = 1) -> str:
    """Return a number in the active language, at most `places` decimals and no useless zero."""
    return wording.figure(round(Decimal(value), places).normalize())


class FigureContent(Recorded):
    """Be a value with its numerator and denominator, its completeness and its source."""

    if TYPE_CHECKING:
        definition: IndicatorDefinition

    period_start = models.DateField(gettext_lazy("from"))
    period_end = models.DateField(gettext_lazy("to"))
    numerator = models.DecimalField(
        gettext_lazy("numerator"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    denominator = models.DecimalField(
        gettext_lazy("denominator"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    value = models.DecimalField(gettext_lazy("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    value_on = models.DateField(
        gettext_lazy("date"), null=True, blank=True, help_text="the value of an indicator that is a date"
    )
    status = models.CharField(gettext_lazy("status"), max_length=12, choices=Status)
    qualifier = models.CharField(
        gettext_lazy("how exact"), max_length=12, choices=Qualifier, default=Qualifier.EXACT
    )
    expected = models.PositiveIntegerField(
        gettext_lazy("answers expected"), default=0, help_text="sources of which an answer was expected"
    )
    received = models.PositiveIntegerField(gettext_lazy("answers received"), default=0)
    missing = models.JSONField(
        gettext_lazy("missing"), default=list, help_text="codes of the organizations that gave none"
    )
    source = models.CharField(gettext_lazy("source"), max_length=300, blank=True)
    fingerprint = models.CharField(gettext_lazy("fingerprint"), max_length=64)

    class Meta:
        abstract = True

    @property
    def year(self) -> int:
        """Return the year of the period."""
        return self.period_start.year

    @property
    def is_known(self) -> bool:
        """Tell whether there is a value."""
        return self.value is not None or self.value_on is not None

    @property
    def is_whole(self) -> bool:
        """Tell whether every expected source answered."""
        return self.status in (Status.COMPUTED, Status.DECLARED)

    @property
    def said(self) -> str:
        """Return the value in words of the active language, an en dash when it is not known."""
        if self.value_on is not None:
            return wording.day(self.value_on)
        if self.value is None:
            return "–"
        return qualified(self.like(self.value), self.qualifier)

    def like(self, value: Decimal) -> str:
        """Return another value of the same indicator in words: with its percent sign when it is a share."""
        text = number_text(value)
        return _("%(value)s%%") % {"value": text} if self.definition.kind == "ratio" else text

    @property
    def of(self) -> str:
        """Return the total that the value is a part of, "" when that is not how it is read."""
        if self.definition.kind != "ratio_of_counts" or self.denominator is None:
            return ""
        return number_text(self.denominator)

    @property
    def told_parts(self) -> tuple[str, str, str]:
        """Return the sentence as the communiqué writes it, cut before and after the value."""
        words = {"denominator": number_text(self.denominator or 0), "year": self.year}
        first, _cut, last = self.definition.sentence.partition("{value}")
        before, value, after = first.format(**words), self.said, last.format(**words)
        if before:
            before = before[:1].upper() + before[1:]
        else:
            value = value[:1].upper() + value[1:]
        return before, value, after

    @property
    def told(self) -> str:
        """Return the whole sentence."""
        return "".join(self.told_parts)

    @property
    def interval(self) -> Interval | None:
        """Return the interval to show beside a share of few cases."""
        return interval_of(
            self.definition.kind, self.numerator, self.denominator, self.definition.small_below
        )

    @property
    def caution(self) -> str:
        """Return what to keep in mind with few cases, "" when there are enough."""
        interval = self.interval
        if interval is None:
            return ""
        return _("%(count)s cases only: between %(low)s%% and %(high)s%% with 95%% confidence") % {
            "count": number_text(self.denominator or 0),
            "low": number_text(Decimal(str(interval.low * 100))),
            "high": number_text(Decimal(str(interval.high * 100))),
        }

    @property
    def state(self) -> str:
        """Return how the status is drawn: what is missing is not what failed."""
        return {"computed": "ok", "declared": "ok", "incomplete": "warn"}.get(self.status, "unk")
