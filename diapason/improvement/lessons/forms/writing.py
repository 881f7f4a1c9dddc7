"""Shape the text of a lesson, and what is decided about it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diapason.context.standards.models import Clause
from diapason.improvement.lessons.models import Lesson
from diapason.improvement.lessons.queries.drafting import Text
from diapason.improvement.lessons.rules.answers import DAYS_TO_ANSWER
from diapason.improvement.quality_events.models import words
from diapason.improvement.quality_events.models.events import said
from diapason.ui.free_text import AsksBeforeKeeping

DAY = {"type": "date"}


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **more)


def long_field(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    """Return a field for several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ClauseField(forms.ModelMultipleChoiceField):
    """Choose clauses by edition, number and title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return edition, number and title."""
        return f"{obj.edition.label} § {obj.number} {obj.title}"


class TextForm(AsksBeforeKeeping, forms.Form):
    """Write a lesson in general words."""

    ASKS_OF_CONTACTS = True

    kind = forms.ChoiceField(label=_("Kind"), choices=Lesson.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=160)
    what_happened = long_field(_("What happened, in general words"), required=False)
    what_learnt = long_field(_("What we learnt"), required=False)
    recommended = long_field(_("What is recommended"), required=False)
    documents = long_field(_("Documents to look at"), 2, required=False)
    for_sponsors = forms.BooleanField(label=_("Useful to sponsors"), required=False)
    for_investigators = forms.BooleanField(
        label=_("Useful to investigator centres"), required=False, initial=True
    )
    categories = forms.MultipleChoiceField(
        label=_("Categories"), required=False, widget=forms.CheckboxSelectMultiple
    )
    causes = forms.MultipleChoiceField(label=_("Causes"), required=False, widget=forms.CheckboxSelectMultiple)
    clauses = ClauseField(
        Clause.objects.none(),
        label=_("Clauses touched"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = words()
        self.fields["categories"].choices = _named(known.categories.values())  # type: ignore[attr-defined]
        self.fields["causes"].choices = _named(known.causes.values())  # type: ignore[attr-defined]
        self.fields["clauses"].queryset = clauses_offered()  # type: ignore[attr-defined]

    def text(self) -> Text:
        """Return the text as the acts want it."""
        data = dict(self.cleaned_data)
        data.pop("version")
        for name in ("categories", "causes", "clauses"):
            data[name] = tuple(data[name])
        return Text(**data)


def initial_of(lesson: Lesson) -> dict[str, Any]:
    """Return what stands in a lesson, as the form shows it."""
    names = ("kind", "title", "what_happened", "what_learnt", "recommended", "documents", "for_sponsors")
    return {
        **{name: getattr(lesson, name) for name in names},
        "for_investigators": lesson.for_investigators,
        "categories": lesson.categories.split(),
        "causes": lesson.causes.split(),
        "clauses": list(lesson.clauses.values_list("clause_id", flat=True)),
        "version": lesson.version,
    }


def _named(items: Iterable[Any]) -> list[tuple[str, str]]:
    return [(one.code, said(one.name)) for one in items]


def clauses_offered() -> "QuerySet[Clause]":
    """Return the clauses of the applicable editions."""
    rows = Clause.objects.filter(withdrawn_on=None, edition__status="applicable")
    return rows.select_related("edition").order_by("edition__code", "position")


class DeedForm(AsksBeforeKeeping, forms.Form):
    """Carry the version of the lesson that was read, and the lesson itself."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lesson: Lesson, on: date, **kwargs: Any) -> None:
        self.lesson, self.on = lesson, on
        kwargs["initial"] = {"version": lesson.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return what the act wants besides lesson, by and on."""
        return dict(self.cleaned_data)


class SureForm(DeedForm):
    """Ask for nothing: the button says it."""


class ReasonForm(DeedForm):
    """Ask why."""

    reason = long_field(_("Why"), 3)


class NamingForm(DeedForm):
    """Ask whether the house may be named."""

    may_be_named = forms.BooleanField(
        label=_("Our organization may be named"),
        required=False,
        help_text=_("Otherwise nobody but the coordination knows where it comes from."),
    )

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        kwargs["initial"] = {"may_be_named": lesson.may_be_named, **kwargs.get("initial", {})}
        super().__init__(*args, lesson=lesson, **kwargs)


class OfferForm(DeedForm):
    """Ask until when the organizations answer."""

    answer_by = day_field(_("Answers until"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"answer_by": on + timedelta(days=DAYS_TO_ANSWER), **kwargs.get("initial", {})}
        super().__init__(*args, on=on, **kwargs)


class CloseForm(DeedForm):
    """Ask what is concluded from the answers."""

    conclusion = long_field(_("Conclusion"), 3)
