"""Hold the trail's own tables."""

import uuid

from django.db import models

from diapason.audit_trail.recorded import Recorded
from diapason.audit_trail.signing.models import Signature, SigningKey

__all__ = [
    "Counter",
    "Entry",
    "EntrySubject",
    "Head",
    "Instance",
    "Node",
    "Opening",
    "Pending",
    "Recorded",
    "Signature",
    "SigningKey",
]


class Instance(models.Model):
    """Name this installation in each statement."""

    identifier = models.UUIDField(default=uuid.uuid4, editable=False)


class Entry(models.Model):
    """Hold one act: who, when, why (facts) and what (changes), as the exact text that was hashed."""

    number = models.BigIntegerField(primary_key=True, help_text="position in the tree, from 0")
    act = models.CharField(max_length=80)
    at = models.DateTimeField(help_text="the moment that the act states")
    recorded_at = models.DateTimeField(help_text="the computer's clock")
    by = models.CharField(max_length=60)
    on_behalf = models.CharField(max_length=60, blank=True)
    caused_by = models.BigIntegerField(null=True)
    organization = models.CharField(max_length=20, blank=True)
    statement = models.TextField()
    leaf = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "-number"], name="entry_organization"),
            models.Index(fields=["by", "-number"], name="entry_by"),
            models.Index(fields=["recorded_at"], name="entry_recorded_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class EntrySubject(models.Model):
    """Say which records an entry speaks of: the index behind each record's story."""

    entry_number = models.BigIntegerField()
    position = models.PositiveIntegerField(help_text="position of the fact in the statement")
    fact = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    organization = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-entry_number"], name="subject_story"),
            models.Index(fields=["fact", "-entry_number"], name="subject_fact"),
            models.Index(fields=["organization", "-entry_number"], name="subject_organization"),
        ]


class Node(models.Model):
    """Hold the hash of a complete subtree of the Merkle tree (RFC 9162 §2.1)."""

    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="node_place")]


class Head(models.Model):
    """Hold a signed head of the tree: what an outsider keeps to catch a rewritten trail."""

    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    key_id = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    statement = models.TextField()
    reason = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["-size"], name="head_size")]


class Opening(models.Model):
    """Hold salt and value behind a commitment, until it is shredded."""

    entry_number = models.BigIntegerField(db_index=True)
    commitment = models.CharField(max_length=64, db_index=True)
    salt = models.CharField(max_length=64)
    value = models.TextField()


class Pending(models.Model):
    """Hold the changes of the act that is open; the triggers write here."""

    table_name = models.CharField(max_length=80)
    record = models.CharField(max_length=80)
    operation = models.CharField(max_length=6)
    old = models.TextField(null=True)  # noqa: DJ001 - no row before an insert
    new = models.TextField(null=True)  # noqa: DJ001 - no row after a delete


class Counter(models.Model):
    """Hold the last number given per kind, organization and year; never reused."""

    kind = models.CharField(max_length=8)
    organization = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "organization", "year"], name="counter_once")]
