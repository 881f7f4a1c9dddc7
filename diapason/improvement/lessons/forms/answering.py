"""Shape the answers to a lesson."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.people.models import Person, RoleAssignment
from diapason.improvement.action_plan.acts.planning import Draft
from diapason.improvement.lessons.forms.writing import day_field, long_field
from diapason.improvement.lessons.models import LessonAnswer
from diapason.ui.free_text import AsksBeforeKeeping


class AnswerForm(AsksBeforeKeeping, forms.Form):
    """Carry the version of the answer that was read, and the answer itself."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, answer: LessonAnswer, on: date, **kwargs: Any) -> None:
        self.answer, self.on = answer, on
        kwargs["initial"] = {"version": answer.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return what the act wants besides answer, by and on."""
        return dict(self.cleaned_data)


class AdoptForm(AnswerForm):
    """Say how and by when it is adopted; an action may be planned at once."""

    text = long_field(_("How we adopt it"), 3)
    until = day_field(_("By when"))
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Plan an action carried by"),
        required=False,
        empty_label="–",
        help_text=_(
            "With a name here, an action joins the action plan; once done, the lesson counts as carried out."
        ),
    )

    def __init__(self, *args: Any, answer: LessonAnswer, on: date, **kwargs: Any) -> None:
        super().__init__(*args, answer=answer, on=on, **kwargs)
        held = RoleAssignment.objects.in_force(on=on).filter(
            organization=answer.organization_id, person=OuterRef("pk")
        )
        self.fields["owner"].queryset = Person.objects.filter(Exists(held))  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return how, by when, and the action to plan, None without a name."""
        data = self.cleaned_data
        draft = None
        if data["owner"] is not None:
            title = gettext("Adopt: %(title)s") % {"title": self.answer.lesson.title}
            draft = Draft(
                organization=self.answer.organization,
                kind="improvement",
                title=title[:200],
                due_on=data["until"],
                owner=data["owner"],
                description=data["text"],
            )
        return {"text": data["text"], "until": data["until"], "version": data["version"], "action": draft}


class InPlaceForm(AnswerForm):
    """Say how it is already in place."""

    text = long_field(_("How it is in place"), 2, required=False)


class RefuseForm(AnswerForm):
    """Say why it does not apply."""

    text = long_field(_("Why it does not apply"), 3)


class LaterForm(AnswerForm):
    """Say until when and why the decision is put off."""

    text = long_field(_("Why later"), 2)
    until = day_field(_("Until when"))


class CarriedOutForm(AnswerForm):
    """Say when it was carried out, and what was done."""

    done_on = day_field(_("Carried out on"))
    note = long_field(_("What was done"), 2, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"done_on": on, **kwargs.get("initial", {})}
        super().__init__(*args, on=on, **kwargs)
