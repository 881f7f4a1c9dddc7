"""Hold the lessons, the clauses that they touch, and the answer of each organization."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.network.rules import sort_key
from diapason.improvement.lessons.rules import answers, moves
from diapason.improvement.quality_events.models import words
from diapason.improvement.quality_events.models.events import said
from diapason.kernel.scope import EVERYWHERE, NOBODY, Scope

KIND = "lesson"
"""Name this kind of object in the visibility charter: it says how the answers of the others are shown."""


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Find lessons."""

    def visible_to(self, user: Any) -> LessonQuerySet:
        """Keep those offered, those of one's own house, and for the coordination those that were sent to it."""
        return self.filter(self.readable(getattr(user, "scope", NOBODY)))

    @staticmethod
    def readable(scope: Scope) -> Q:
        """Return the condition: whoever works in the network reads what is offered, its house what is not yet."""
        held = scope.where("read_events")
        house = Q(organization__kind="network") if held == EVERYWHERE else Q(organization__in=held)
        shown = house if held else Q(pk__in=[])
        if scope.may(moves.COORDINATION):
            shown |= Q(sent_on__isnull=False)
        if scope.may_somewhere("report_event"):
            shown |= Q(state__in=moves.PUBLISHED)
        return shown

    def published(self) -> LessonQuerySet:
        """Keep those that every organization reads."""
        return self.filter(state__in=moves.PUBLISHED)


class Lesson(Recorded):
    """Be something learnt in one house that may help the others: a lesson, or a good practice."""

    CONFIDENTIAL = (
        "title",
        "what_happened",
        "what_learnt",
        "recommended",
        "documents",
        "reason",
        "conclusion",
        "search_key",
    )

    class Kind(models.TextChoices):
        """Say whether something went wrong, or right."""

        LESSON = "lesson", _("Lesson")
        STRENGTH = "strength", _("Strength, good practice of the network")

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LESSON)
    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, related_name="lessons", verbose_name=_("proposed by")
    )
    origin = models.CharField(
        _("origin"), max_length=120, blank=True, help_text="subject of the record that it comes from"
    )
    may_be_named = models.BooleanField(_("its house may be named"), default=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        default=moves.DRAFT,
        choices=[(code, _(name)) for code, name in moves.STATES.items()],
    )
    title = models.CharField(_("title"), max_length=160)
    what_happened = models.TextField(_("what happened"), blank=True)
    what_learnt = models.TextField(_("what we learnt"), blank=True)
    recommended = models.TextField(_("what is recommended"), blank=True)
    documents = models.TextField(_("documents"), blank=True)
    for_sponsors = models.BooleanField(_("for sponsors"), default=False)
    for_investigators = models.BooleanField(_("for investigator centres"), default=True)
    categories = models.CharField(
        _("categories"), max_length=300, blank=True, help_text='codes between blanks: " consent data "'
    )
    causes = models.CharField(
        _("causes found"), max_length=300, blank=True, help_text='codes between blanks: " information "'
    )
    proposed_on = models.DateField(_("begun on"))
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    offered_on = models.DateField(_("offered on"), null=True, blank=True)
    answer_by = models.DateField(_("answers until"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    reason = models.TextField(_("why"), blank=True, help_text="of the last move that asks for a reason")
    conclusion = models.TextField(_("conclusion"), blank=True)
    search_key = models.TextField(editable=False, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_on", "-number"]
        indexes = [
            models.Index(fields=["state", "-proposed_on", "-number"], name="lesson_state"),
            models.Index(fields=["organization", "state"], name="lesson_house"),
            models.Index(fields=["origin"], name="lesson_origin"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=moves.PUBLISHED)
                | Q(agreed_on__isnull=False, offered_on__isnull=False, answer_by__isnull=False),
                name="lesson_offered_once_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, the words to search by made from the texts."""
        texts = (
            self.number,
            self.title,
            self.what_happened,
            self.what_learnt,
            self.recommended,
            self.documents,
        )
        self.search_key = sort_key(" ".join(texts))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = [*kwargs["update_fields"], "search_key"]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("lessons:lesson", args=[self.number])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"lesson:{self.number}"

    @property
    def state_name(self) -> str:
        """Return its state in words."""
        return gettext(moves.STATES[self.state])

    @property
    def state_look(self) -> str:
        """Return how its state is coloured: ok, warn, bad, run, unk."""
        return moves.LOOKS[self.state]

    @property
    def is_published(self) -> bool:
        """Tell whether every organization reads it."""
        return self.state in moves.PUBLISHED

    @property
    def is_whole(self) -> bool:
        """Tell whether each of its three texts is written, and whom it is for."""
        texts = (self.title, self.what_happened, self.what_learnt, self.recommended)
        return all(text.strip() for text in texts) and (self.for_sponsors or self.for_investigators)

    @property
    def category_names(self) -> list[str]:
        """Return its categories in words."""
        known = words().categories
        return [said(known[code].name) if code in known else code for code in self.categories.split()]

    @property
    def cause_names(self) -> list[str]:
        """Return its causes in words."""
        known = words().causes
        return [said(known[code].name) if code in known else code for code in self.causes.split()]

    @property
    def audience_names(self) -> list[str]:
        """Return whom it is for, in words."""
        named = (
            (self.for_sponsors, gettext("sponsors")),
            (self.for_investigators, gettext("investigator centres")),
        )
        return [name for holds, name in named if holds]


class LessonClause(Recorded):
    """Say that a lesson touches a clause of a standard."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="clauses", verbose_name=_("lesson"))
    clause = models.ForeignKey("standards.Clause", models.PROTECT, related_name="lessons")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "clause"], name="lesson_clause_once")]

    def __str__(self) -> str:
        return f"{self.lesson_id}/{self.clause_id}"


class AnswerQuerySet(models.QuerySet["LessonAnswer"]):
    """Find answers."""

    def visible_to(self, user: Any) -> AnswerQuerySet:
        """Keep one's own organizations' answers; those of others only where the visibility charter names them."""
        scope: Scope = getattr(user, "scope", NOBODY)
        offered = self.filter(lesson__in=Lesson.objects.visible_to(user))
        return (
            offered
            if scope.form_of(KIND) == "named"
            else offered.filter(organization__in=scope.organizations)
        )


class LessonAnswer(Recorded):
    """Be what one organization answers to one lesson, and what became of it."""

    CONFIDENTIAL = ("text", "done_note")

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="answers", verbose_name=_("lesson"))
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="lesson_answers")
    state = models.CharField(
        _("answer"),
        max_length=16,
        default=answers.ASKED,
        choices=[(code, _(name)) for code, name in answers.STATES.items()],
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("due on"), help_text="to answer, to adopt, or to decide at last")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    text = models.TextField(_("how, or why"), blank=True)
    action = models.ForeignKey("action_plan.Action", models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField(_("carried out on"), null=True, blank=True)
    done_note = models.TextField(_("what was done"), blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["organization__sort_key"]
        indexes = [models.Index(fields=["organization", "state", "due_on"], name="answer_due")]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "organization"], name="one_lesson_answer_each"),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "done", "not_applicable", "later"]) | ~Q(text=""),
                name="answer_says_how_or_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="carried_out_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}/{self.organization_id}"

    @property
    def key(self) -> str:
        """Return how addresses name it: the lesson and the organization; both are loaded with it."""
        return f"{self.lesson.number}.{self.organization.code}"

    @property
    def subject(self) -> str:
        """Return how the trail names it: apart from the lesson, so that no other organization reads its story."""
        return f"lesson_answer:{self.key}"

    @property
    def state_name(self) -> str:
        """Return the answer in words."""
        return gettext(answers.STATES[self.state])

    @property
    def state_look(self) -> str:
        """Return how the answer is coloured."""
        return answers.LOOKS[self.state]

    def is_late(self, *, on: date) -> bool:
        """Tell whether its day has passed: to answer, to carry out, to decide."""
        return self.state in (answers.ASKED, answers.ADOPTED, answers.LATER) and self.due_on < on
