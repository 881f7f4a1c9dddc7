"""Hold the study itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext, gettext_lazy

from diapason.audit_trail.models import Recorded
from diapason.context.network.rules import sort_key
from diapason.context.studies.rules import vocabulary
from diapason.context.studies.rules.identifiers import cleaned
from diapason.kernel.dates import PartialDate
from diapason.kernel.words import message
from diapason.ui.languages import in_language
from diapason.ui.links import address

SPONSOR_KINDS = {
    "": message("kind of sponsor not known"),
    "industry": message("industry"),
    "public": message("public body"),
    "group": message("cooperative group"),
    "academic": message("hospital, university or other"),
    "person": message("a person (name not kept)"),
}


def choices(labels: dict[str, str]) -> list[tuple[str, Any]]:
    """Return (code, translated label) pairs for a field."""
    return [(str(code), gettext_lazy(label)) for code, label in labels.items()]


class StudyQuerySet(models.QuerySet["Study"]):
    """Find studies."""

    def visible_to(self, user: Any) -> StudyQuerySet:
        """Return the studies that this person may know of (visibility charter).

        A confidential study exists for its holder's people only. Of the others: those of a public register,
        one's own, and all of them for network-wide roles or when the charter names studies.
        """
        scope = user.scope
        if scope.network_wide or scope.form_of("study") == "named":
            return self.filter(_open_or_held(scope.organizations))
        if not scope.organizations and scope.audience in {"nobody", "public", "funder"}:
            return self.none()
        return self.filter(_known_to(scope.organizations))

    def matching(self, text: str) -> StudyQuerySet:
        """Return the studies of which a number (also ours) begins with the text, or a word of the names."""
        key, number = sort_key(text)[:80], cleaned(text).replace(" ", "")
        if not key:
            return self.none()
        borne = (
            _parts("StudyIdentifier")
            .filter(value__gte=number, value__lt=number + "\U0010ffff")
            .values("study")
        )
        ours = Q(key__gte=number, key__lt=number + "\U0010ffff")
        return self.filter(Q(search_key__contains=f" {key}") | ours | Q(pk__in=borne))


@lru_cache(maxsize=256)
def _open_or_held(own: frozenset[int]) -> Q:
    return Q(is_confidential=False) | Q(is_confidential=True, holder__in=own)


@lru_cache(maxsize=256)
def _known_to(own: frozenset[int]) -> Q:
    """Return what people of these organizations know of: public studies, their own, those they have a site in."""
    sites = _parts("InvestigatorSite").filter(study=OuterRef("pk"), organization__in=own)
    theirs = Q(is_public=True) | Q(sponsor__in=own) | Q(lead__in=own) | Q(Exists(sites))
    return Q(is_confidential=False) & theirs | Q(is_confidential=True, holder__in=own)


def _parts(model: str) -> Any:
    """Return the rows of a model that refers to the study."""
    return apps.get_model("studies", model)._default_manager.all()


class Study(Recorded):
    """Be a study: interventional or not, sponsored by a member or by somebody else."""

    key = models.CharField(
        max_length=40, unique=True, help_text="names the study in addresses and in the trail"
    )
    title_fr = models.CharField(gettext_lazy("title in French"), max_length=1200, blank=True)
    title_en = models.CharField(gettext_lazy("title in English"), max_length=1200, blank=True)
    acronym = models.CharField(gettext_lazy("acronym"), max_length=60, blank=True)
    sponsor = models.ForeignKey(
        "network.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsored_studies",
        db_index=False,
    )
    sponsor_name = models.CharField(gettext_lazy("outside sponsor"), max_length=300, blank=True)
    sponsor_kind = models.CharField(max_length=12, blank=True, choices=choices(SPONSOR_KINDS))
    partner = models.ForeignKey(
        "network.Partner", models.PROTECT, null=True, blank=True, related_name="studies"
    )
    lead = models.ForeignKey(
        "network.Organization", models.PROTECT, null=True, blank=True, related_name="led_studies"
    )
    kind = models.CharField(max_length=20, blank=True, choices=choices(vocabulary.KIND_LABELS))
    category = models.CharField(max_length=8, blank=True, choices=choices(vocabulary.CATEGORY_LABELS))
    phase = models.CharField(max_length=4, blank=True, choices=choices(vocabulary.PHASE_LABELS))
    purpose = models.CharField(max_length=60, blank=True)
    interventions = models.CharField(max_length=200, blank=True)
    conditions = models.CharField(max_length=600, blank=True)
    is_therapeutic = models.BooleanField(null=True, blank=True)
    planned_enrolment = models.PositiveIntegerField(gettext_lazy("planned inclusions"), null=True, blank=True)
    actual_enrolment = models.PositiveIntegerField(gettext_lazy("actual inclusions"), null=True, blank=True)
    starts_earliest = models.DateField(null=True, blank=True)
    starts_latest = models.DateField(null=True, blank=True)
    starts_wording = models.CharField(max_length=80, blank=True)
    primary_ends_earliest = models.DateField(null=True, blank=True)
    primary_ends_latest = models.DateField(null=True, blank=True)
    ends_earliest = models.DateField(null=True, blank=True)
    ends_latest = models.DateField(null=True, blank=True)
    ends_wording = models.CharField(max_length=80, blank=True)
    funding = models.CharField(gettext_lazy("funding"), max_length=600, blank=True)
    is_confidential = models.BooleanField(gettext_lazy("confidential study"), default=False)
    holder = models.ForeignKey(
        "network.Organization", models.PROTECT, null=True, blank=True, related_name="confidential_studies"
    )
    is_public = models.BooleanField(default=False, help_text="stands in a public register")
    status = models.CharField(max_length=24, default="unknown", choices=choices(vocabulary.STATUS_LABELS))
    site_count = models.PositiveIntegerField(default=0)
    site_count_abroad = models.PositiveIntegerField(default=0)
    held_fields = models.JSONField(
        default=list, blank=True, help_text="corrected by a person: a register keeps off"
    )
    sort_key = models.CharField(max_length=120, editable=False)
    search_key = models.CharField(max_length=400, editable=False)

    objects = StudyQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["sort_key"], name="study_sorted"),
            models.Index(fields=["sponsor", "sort_key"], name="study_of_sponsor"),
            models.Index(fields=["status", "sort_key"], name="study_status_sorted"),
            models.Index(fields=["status", "phase", "sort_key"], name="study_status_phase"),
            models.Index(fields=["phase", "sort_key"], name="study_phase_sorted"),
            models.Index(fields=["category", "sort_key"], name="study_category_sorted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_confidential=False) | Q(holder__isnull=False),
                name="confidential_study_has_holder",
            ),
        ]

    def __str__(self) -> str:
        return self.short_title

    def named(self) -> Study:
        """Fill in the keys for sorting and searching; called before each write."""
        names = f"{self.acronym} {self.title_fr} {self.title_en}"
        self.sort_key = sort_key(self.acronym or self.title)[:120]
        self.search_key = f" {sort_key(names)} {sort_key(self.conditions)}"[:400]
        return self

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, the keys made anew."""
        self.named()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return address("studies:study", self.key)

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"study:{self.key}"

    @property
    def title(self) -> str:
        """Return the title in the reader's language, or the only one there is."""
        return in_language(self.title_fr, self.title_en)

    @property
    def short_title(self) -> str:
        """Return the acronym, or the title when there is none."""
        return self.acronym or self.title

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """Return its status in words; Django's own way makes all the choices anew for each row of a list."""
        return gettext(vocabulary.STATUS_LABELS.get(self.status, self.status))

    def get_phase_display(self) -> str:  # type: ignore[no-redef]
        """Return its phase in words."""
        return gettext(vocabulary.PHASE_LABELS.get(self.phase, self.phase))

    @property
    def owner_code(self) -> str:
        """Return the code of the organization whose record it is ("" for the network)."""
        owner = self.holder or self.sponsor or self.lead
        return owner.code if owner else ""

    @property
    def sponsor_said(self) -> str:
        """Return who sponsors it, in words."""
        if self.sponsor_id:
            return str(self.sponsor)
        return self.sponsor_name or gettext(SPONSOR_KINDS[self.sponsor_kind])

    @property
    def is_interventional(self) -> bool:
        """Tell whether something is done to the participants for its sake."""
        return self.kind == vocabulary.StudyKind.INTERVENTIONAL

    @property
    def state(self) -> str:
        """Return how its status is drawn."""
        return vocabulary.STATES.get(self.status, "unk")

    @property
    def starts(self) -> PartialDate:
        """Return the start, as far as it is known."""
        return PartialDate(self.starts_earliest, self.starts_latest, self.starts_wording)

    @property
    def primary_ends(self) -> PartialDate:
        """Return the end of the main follow-up, as far as it is known."""
        return PartialDate(self.primary_ends_earliest, self.primary_ends_latest)

    @property
    def ends(self) -> PartialDate:
        """Return the end, as far as it is known."""
        return PartialDate(self.ends_earliest, self.ends_latest, self.ends_wording)

    def set_dates(self, name: str, when: PartialDate) -> None:
        """Take over one of its dates: "starts", "primary_ends" or "ends"."""
        setattr(self, f"{name}_earliest", when.earliest)
        setattr(self, f"{name}_latest", when.latest)
        if name != "primary_ends":
            setattr(self, f"{name}_wording", when.wording[:80])
