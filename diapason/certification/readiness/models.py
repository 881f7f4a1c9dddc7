"""Store what each organization answers to each clause."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.certification.readiness.rules.following import Followed, followed
from diapason.certification.readiness.rules.scale import Scale, read_scale
from diapason.certification.readiness.rules.standing import Answer, standing_of
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.scope import NOBODY, Scope

KIND = "assessment"
"""Name this kind of object in the visibility charter."""


def scale() -> Scale:
    """Return the maturity scale of the catalogue, read once a process."""
    return read_scale(settings.DIAPASON["catalogue"] / "standards" / "maturity.yaml")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Find answers."""

    def visible_to(self, user: object) -> AssessmentQuerySet:
        """Keep those of the reader's own organizations; those of others only where the charter names them."""
        reader: Scope = getattr(user, "scope", NOBODY)
        return self if reader.form_of(KIND) == "named" else self.own(reader)

    def own(self, scope: Scope) -> AssessmentQuerySet:
        """Keep those of the organizations to which the person belongs."""
        return self.filter(organization__in=scope.organizations)

    def given(self) -> AssessmentQuerySet:
        """Keep those with a level."""
        return self.filter(maturity__isnull=False)

    def due_within(self, days: int, *, on: date) -> AssessmentQuerySet:
        """Keep those whose action, in words or of the plan, is late or due within so many days."""
        until = on + timedelta(days=days)
        in_words = Q(plan_action=None, action_due_on__lte=until, action_done_on=None)
        planned = Q(plan_action__state__in=moves.ACTIVE, plan_action__due_on__lte=until)
        return self.filter(in_words | planned)

    def to_look_at_again(self) -> AssessmentQuerySet:
        """Keep those whose action of the plan has ended, with or without effect, and that were not answered since."""
        done = Q(plan_action__state=moves.DONE) & ~Q(plan_action__kind__in=moves.CHECKED_KINDS)
        return self.filter(done | Q(plan_action__state__in=(moves.EFFECTIVE, moves.NOT_EFFECTIVE)))


class Assessment(Recorded):
    """Be the answer of one organization to one clause (« autodiagnostic »); no row and no level: not assessed."""

    CONFIDENTIAL = ("evidence", "references", "gap", "action")

    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="assessments")
    clause = models.ForeignKey("standards.Clause", models.PROTECT, related_name="assessments")
    maturity = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    aside = models.BooleanField(_("does not apply"), default=False)
    evidence = models.TextField(_("what proves it"), blank=True)
    references = models.TextField(_("references"), blank=True)
    gap = models.TextField(_("gap to close"), blank=True)
    action = models.TextField(_("action"), blank=True)
    action_owner = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    action_due_on = models.DateField(_("due on"), null=True, blank=True)
    action_done_on = models.DateField(_("done on"), null=True, blank=True)
    plan_action = models.ForeignKey(
        "action_plan.Action",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("action of the plan"),
    )
    assessed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    assessed_on = models.DateField(_("assessed on"))
    clause_version = models.PositiveIntegerField(help_text="version of the question that was answered")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["organization", "clause"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "clause"], name="one_answer_each"),
            models.CheckConstraint(
                condition=Q(maturity__isnull=True) | Q(aside=False), name="answer_level_or_aside"
            ),
            models.CheckConstraint(
                condition=~Q(action="") | Q(action_due_on=None, action_done_on=None),
                name="answer_date_has_action",
            ),
        ]
        indexes = [
            models.Index(fields=["clause", "maturity"], name="answer_level"),
            models.Index(
                fields=["organization", "action_due_on"],
                name="answer_action",
                condition=Q(action_done_on=None, action_due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization.short_name} § {self.clause.number}"

    @property
    def key(self) -> str:
        """Return its natural key; organization and edition must be loaded with it."""
        return answer_key(self.organization.code, self.clause.edition.code, self.clause.number)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("readiness:answer", args=[self.key])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"assessment:{self.key}"

    def as_answer(self) -> Answer:
        """Return it as the rules want it; the clause must be loaded with it."""
        carried = self.followed
        return Answer(
            clause=self.clause.number,
            weight=self.clause.weight,
            maturity=self.maturity,
            aside=self.aside,
            due_on=carried.due_on,
            done_on=carried.done_on,
            assessed_on=self.assessed_on,
            unproven=carried.unproven,
        )

    @property
    def followed(self) -> Followed:
        """Return by when its action is due and whether it is done; the one of the plan rules where there is one."""
        action = self.plan_action
        if action is None:
            return Followed(self.action_due_on, self.action_done_on)
        return followed(action.kind, action.state, action.due_on, action.done_on, action.check_due_on)

    def standing(self, on: date) -> str:
        """Return what the answer means on that day."""
        return standing_of(self.as_answer(), scale(), on)

    @property
    def planned(self) -> Action | None:
        """Return the action of the plan that still runs for it, None when there is none or it has ended."""
        action = self.plan_action
        return None if action is None or action.is_ended else action

    @property
    def asks_again(self) -> bool:
        """Tell whether its action of the plan has ended well, so that the level is to be looked at again."""
        action = self.plan_action
        return action is not None and action.is_ended and action.state in (moves.DONE, moves.EFFECTIVE)

    @property
    def question_changed(self) -> bool:
        """Tell whether the question was changed after it was answered."""
        return self.clause.content_version != self.clause_version


def answer_key(organization: str, edition: str, clause: str) -> str:
    """Return the natural key of an answer, as in "ALP/iso-9001-2015/7.2"."""
    return f"{organization}/{edition}/{clause}"


def level_name(maturity: int | None) -> str:
    """Return the name of a level in the active language, "" when there is none."""
    return "" if maturity is None else scale().level(maturity).name.text(get_language() or "fr")
