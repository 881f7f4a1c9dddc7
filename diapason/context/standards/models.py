"""Store standards, editions, clauses and what links them; written by the loading of the catalogue only."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.standards.rules.declarations import WORKED_NATURES
from diapason.ui.languages import in_language


class Sourced(models.Model):
    """Say where a fact comes from and whether it was verified there."""

    verified = models.BooleanField(_("verified"), default=False)
    source_fr = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300)
    as_of = models.DateField(_("as of"))

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        """Return the source in the active language."""
        return in_language(self.source_fr, self.source_en)


class WithdrawableQuerySet(models.QuerySet[Any]):
    """Find what the catalogue still declares."""

    def in_use(self) -> WithdrawableQuerySet:
        """Keep what is not withdrawn."""
        return self.filter(withdrawn_on=None)


class Standard(Recorded):
    """Be a standard or guideline, whatever its edition (« référentiel »)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    publisher = models.CharField(max_length=60)
    subject_fr = models.CharField(max_length=200)
    subject_en = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def field(self) -> str:
        """Return what the standard is about, in the active language."""
        return in_language(self.subject_fr, self.subject_en)


class Edition(Recorded):
    """Be one edition of a standard: what a certificate, an audit or an answer points to."""

    class Status(models.TextChoices):
        """Say whether one may be audited against it today."""

        APPLICABLE = "applicable", _("Applicable")
        IN_PREPARATION = "in_preparation", _("In preparation")
        SUPERSEDED = "superseded", _("Superseded")

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="editions")
    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=60)
    status = models.CharField(max_length=20, choices=Status)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    applicable_from = models.DateField(_("applicable from"), null=True, blank=True)
    status_note_fr = models.TextField(blank=True)
    status_note_en = models.TextField(blank=True)
    columns = models.CharField(
        max_length=300, blank=True, help_text="numbers under which the view by clause gathers"
    )
    documents_verified = models.BooleanField(default=False)
    documents_source_fr = models.CharField(max_length=300)
    documents_source_en = models.CharField(max_length=300)
    documents_as_of = models.DateField()
    transition_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    transition_years = models.PositiveSmallIntegerField(null=True, blank=True)
    transition_ends = models.DateField(null=True, blank=True)
    transition_verified = models.BooleanField(default=False)
    transition_source_fr = models.CharField(max_length=300, blank=True)
    transition_source_en = models.CharField(max_length=300, blank=True)
    transition_as_of = models.DateField(null=True, blank=True)
    content_version = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    loaded_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["standard__code", "code"]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("standards:edition", args=[self.code])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"edition:{self.code}"

    @property
    def status_note(self) -> str:
        """Return what must be said of its status, in the active language."""
        return in_language(self.status_note_fr, self.status_note_en)

    @property
    def transition_source(self) -> str:
        """Return where the transition rule was read, in the active language."""
        return in_language(self.transition_source_fr, self.transition_source_en)

    @property
    def state(self) -> str:
        """Return the kind of state shown beside its label."""
        return {"applicable": "ok", "in_preparation": "run"}.get(self.status, "unk")


class Amendment(Recorded, Sourced):
    """Be an amendment of an edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="amendments")
    label = models.CharField(max_length=60)
    published = models.CharField(max_length=10, blank=True, help_text="year, month or day, as known")
    what_fr = models.TextField()
    what_en = models.TextField()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "label"]
        constraints = [models.UniqueConstraint(fields=["edition", "label"], name="one_amendment_each")]

    @property
    def what(self) -> str:
        """Return what it changes, in the active language."""
        return in_language(self.what_fr, self.what_en)


class ClauseQuerySet(WithdrawableQuerySet):
    """Find clauses."""

    def assessable(self) -> ClauseQuerySet:
        """Keep those with a question that an organization answers, still declared."""
        return self.filter(assessable=True, withdrawn_on=None)


class Clause(Recorded, Sourced):
    """Be one clause of an edition: number and title are the standard's, question and evidence are ours."""

    class AppliesTo(models.TextChoices):
        """Say for whom the clause asks something."""

        BOTH = "both", _("Sponsor and investigator")
        SPONSOR = "sponsor", _("Sponsor")
        INVESTIGATOR = "investigator", _("Investigator")
        CENTRAL = "central", _("Central function")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=20)
    parent_number = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField()
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    title_is_ours = models.BooleanField(default=False)
    context_fr = models.CharField(
        max_length=200, blank=True, help_text="title of the clause above, below a chapter"
    )
    context_en = models.CharField(max_length=200, blank=True)
    assessable = models.BooleanField(default=False)
    applies_to = models.CharField(max_length=12, choices=AppliesTo, default=AppliesTo.BOTH)
    weight = models.PositiveSmallIntegerField(default=2)
    documents = models.CharField(max_length=2, blank=True, help_text="M: maintain, R: retain")
    question_fr = models.TextField(blank=True)
    question_en = models.TextField(blank=True)
    evidence_fr = models.TextField(blank=True)
    evidence_en = models.TextField(blank=True)
    content_version = models.PositiveIntegerField(default=1)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_clause_each")]

    def __str__(self) -> str:
        return f"§ {self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of its page; the edition must be loaded with it."""
        return reverse("standards:clause", args=[f"{self.edition.code}/{self.number}"])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"clause:{self.edition.code}/{self.number}"

    @property
    def title(self) -> str:
        """Return the title in the active language."""
        return in_language(self.title_fr, self.title_en)

    @property
    def context(self) -> str:
        """Return the title of the clause above in the active language, "" right below a chapter."""
        return in_language(self.context_fr, self.context_en)

    @property
    def question(self) -> str:
        """Return our question in the active language."""
        return in_language(self.question_fr, self.question_en)

    @property
    def expected_evidence(self) -> list[str]:
        """Return what is usually shown, line by line, in the active language."""
        return in_language(self.evidence_fr, self.evidence_en).splitlines()

    @property
    def must_maintain(self) -> bool:
        """Tell whether documented information is to be kept up to date."""
        return "M" in self.documents

    @property
    def must_retain(self) -> bool:
        """Tell whether records are to be retained."""
        return "R" in self.documents


class Correspondence(Recorded, Sourced):
    """Be what links a clause of one edition to a clause of another."""

    edition_from = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    edition_to = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        abstract = True


class ClauseLink(Correspondence):
    """Be a correspondence between two standards: one piece of evidence may answer both."""

    class Kind(models.TextChoices):
        """Say how far one piece of evidence serves both clauses."""

        EQUIVALENT = "equivalent", _("The same evidence usually serves")
        OVERLAP = "overlap", _("Part of the evidence serves")
        SUPPORTS = "supports", _("Helps without answering")

    clause_from = models.ForeignKey(Clause, models.PROTECT, related_name="links_out")
    clause_to = models.ForeignKey(Clause, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=12, choices=Kind)
    why_fr = models.CharField(max_length=300)
    why_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["clause_from__position", "clause_to__position"]
        constraints = [models.UniqueConstraint(fields=["clause_from", "clause_to"], name="one_link_each")]

    @property
    def why(self) -> str:
        """Return what both clauses share, in the active language."""
        return in_language(self.why_fr, self.why_en)


class ClauseChange(Correspondence):
    """Be what becomes of a clause from one edition to the next."""

    class Nature(models.TextChoices):
        """Say how much there is to do."""

        UNCHANGED = "unchanged", _("Unchanged")
        CLARIFIED = "clarified", _("Clarified: read again")
        STRENGTHENED = "strengthened", _("Strengthened: work on it")
        SPLIT = "split", _("Split: work on it")
        NEW = "new", _("New: work on it")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    clause_from = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="changes_out")
    clause_to = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="changes_in")
    nature = models.CharField(max_length=12, choices=Nature)
    what_fr = models.TextField(blank=True)
    what_en = models.TextField(blank=True)

    class Meta:
        ordering = ["clause_to__position", "clause_from__position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clause_from__isnull=False) | Q(clause_to__isnull=False),
                name="change_has_a_clause",
            ),
        ]

    @property
    def what(self) -> str:
        """Return what changes, in the active language."""
        return in_language(self.what_fr, self.what_en)

    @property
    def is_work(self) -> bool:
        """Tell whether an organization has to work on it."""
        return self.nature in WORKED_NATURES

    @property
    def state(self) -> str:
        """Return the kind of state shown beside its nature."""
        return "warn" if self.is_work else "unk" if self.nature == self.Nature.CLARIFIED else "ok"
