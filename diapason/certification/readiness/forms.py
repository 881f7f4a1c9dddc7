"""Shape the answer to one clause."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from diapason.certification.readiness.models import Assessment, scale
from diapason.certification.readiness.rules.entry import Entry, troubles
from diapason.context.network.models import Organization
from diapason.context.people.models import Person, RoleAssignment

ASIDE, OPEN = "aside", "open"
IN_WORDS = ("action", "owner", "due_on")
"""Fields of an action in words; one of the action plan is changed there."""
FIELD_OF = {"maturity": "level", "owner": "owner", "due_on": "due_on"}


class AnswerForm(forms.Form):
    """Answer one clause: level, proof, what is left to do; every field but the level may stay empty."""

    level = forms.ChoiceField(label=_("Where are we?"), widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("What proves it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you would show an auditor today; or why the requirement does not apply."),
    )
    references = forms.CharField(
        label=_("References"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Documents, one a line: reference, title, where it is kept."),
    )
    gap = forms.CharField(label=_("Gap to close"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    action = forms.CharField(label=_("Action"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), required=False, empty_label="–")
    due_on = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organization: Organization, assessment: Assessment | None, on: date, **kwargs: Any
    ):
        self.assessment = assessment
        kwargs["initial"] = _initial(assessment)
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = level_choices()  # type: ignore[attr-defined]
        here = RoleAssignment.objects.in_force(on=on).filter(organization=organization, person=OuterRef("pk"))
        self.planned = assessment is not None and assessment.planned is not None
        if self.planned:
            for name in IN_WORDS:
                del self.fields[name]
            return
        already = Q(pk=assessment.action_owner_id) if assessment else Q(pk=None)
        self.fields["owner"].queryset = Person.objects.filter(Exists(here) | already)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the answer needs, field by field."""
        data = super().clean() or {}
        for name, reason in troubles(self.entry(), scale()).items():
            self.add_error(FIELD_OF.get(name, name), gettext(reason))
        if data.get("action") and not data.get("owner"):
            self.add_error("owner", gettext("An action needs somebody to carry it."))
        return data

    def entry(self) -> Entry:
        """Return the answer as the act wants it."""
        data = {**self.cleaned_data, **self._kept_words()}
        level = data.get("level", "")
        unchanged = self.assessment is not None and data.get("action", "") == self.assessment.action
        return Entry(
            clause="",
            maturity=int(level) if level.isdigit() else None,
            aside=level == ASIDE,
            evidence=data.get("evidence", ""),
            references=data.get("references", ""),
            gap=data.get("gap", ""),
            action=data.get("action", ""),
            owner=data.get("owner"),
            due_on=data.get("due_on"),
            done_on=self.assessment.action_done_on if self.assessment and unchanged else None,
        )

    def _kept_words(self) -> dict[str, Any]:
        """Return the words written before an action of the plan took over: they stay as they are."""
        if not self.planned or self.assessment is None:
            return {}
        one = self.assessment
        return {"action": one.action, "owner": one.action_owner, "due_on": one.action_due_on}


def level_choices() -> list[tuple[str, str]]:
    """Return the levels of the scale with their words, then "does not apply" and "not assessed yet"."""
    language = get_language() or "fr"
    levels = [
        (str(one.level), f"{one.level} · {one.name.text(language)} — {one.words.text(language)}")
        for one in scale().levels
    ]
    return [*levels, (ASIDE, gettext("Does not apply to us")), (OPEN, gettext("Not assessed yet"))]


def _initial(assessment: Assessment | None) -> dict[str, Any]:
    if assessment is None:
        return {"level": OPEN, "version": None}
    level = ASIDE if assessment.aside else OPEN if assessment.maturity is None else str(assessment.maturity)
    return {
        "level": level,
        "evidence": assessment.evidence,
        "references": assessment.references,
        "gap": assessment.gap,
        "action": assessment.action,
        "owner": assessment.action_owner_id,
        "due_on": assessment.action_due_on,
        "version": assessment.version,
    }
