"""Hold the counts of inclusions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from diapason.audit_trail.models import Recorded


class EnrolmentCount(Recorded):
    """Hold how many participants a study included in a month, at one organization (None: in all)."""

    study = models.ForeignKey(
        "studies.Study", models.PROTECT, related_name="enrolment_counts", db_index=False
    )
    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, null=True, blank=True, related_name="enrolment_counts"
    )
    year = models.PositiveSmallIntegerField(gettext_lazy("year"))
    month = models.PositiveSmallIntegerField(gettext_lazy("month"))
    included = models.PositiveIntegerField(gettext_lazy("inclusions"))
    source = models.CharField(gettext_lazy("source"), max_length=120)

    class Meta:
        ordering = ["year", "month"]
        indexes = [models.Index(fields=["year", "month"], name="enrolment_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "year", "month", "organization"],
                condition=Q(organization__isnull=False),
                name="enrolment_once_by_organization",
            ),
            models.UniqueConstraint(
                fields=["study", "year", "month"],
                condition=Q(organization=None),
                name="enrolment_once_in_all",
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="enrolment_month_exists"),
        ]
