"""Store which files belong to which record; their bytes lie in the store under their digest."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from diapason.audit_trail.models import Recorded
from diapason.context.files import readers


class KeptFileQuerySet(models.QuerySet[Any]):
    """Find kept files."""

    def of(self, kind: str, key: str) -> KeptFileQuerySet:
        """Keep those of one record, oldest first."""
        return self.filter(subject_kind=kind, subject_key=key).order_by("pk")

    def standing(self) -> KeptFileQuerySet:
        """Keep what was not removed."""
        return self.filter(removed_on=None)


class KeptFile(Recorded):
    """Be one file kept with a record: the line stays when the file is removed."""

    PERSONAL = ("name",)
    CONFIDENTIAL = ("removal_reason",)

    number = models.CharField(max_length=30, unique=True, editable=False)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=80)
    organization = models.ForeignKey(
        "network.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the bytes")
    size = models.PositiveIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=120, help_text="as handed in; may name a person")
    added_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)
    removal_reason = models.CharField(max_length=300, blank=True)

    objects = KeptFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_key"], name="file_subject"),
            models.Index(fields=["digest"], name="file_digest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_on=None, removal_reason="")
                | (Q(removed_on__isnull=False) & ~Q(removal_reason="")),
                name="file_removed_with_reason",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return where the file is downloaded."""
        return reverse("files:file", args=[self.number])

    @property
    def subject(self) -> str:
        """Return the record it belongs to, "kind:key"."""
        return f"{self.subject_kind}:{self.subject_key}"

    @property
    def is_removed(self) -> bool:
        """Tell whether the file was taken off its record."""
        return self.removed_on is not None

    def is_readable_by(self, user: Any) -> bool:
        """Tell whether this user may have the bytes: the chapter of the record decides; nobody once removed."""
        return not self.is_removed and readers.may_read(user, self.subject_kind, self.subject_key)
