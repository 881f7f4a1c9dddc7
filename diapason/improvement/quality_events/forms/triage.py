"""Shape how an event is sorted."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause
from diapason.improvement.quality_events.acts.triage import Sorted
from diapason.improvement.quality_events.cause_lines import named_choices
from diapason.improvement.quality_events.forms.event import EventForm, day_field
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.standing import owner_by_rules
from diapason.improvement.quality_events.rules.sorting import SPONSOR
from diapason.kernel.dates import PartialDate


class TriageForm(EventForm):
    """Sort an event."""

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"))
    category = forms.ChoiceField(label=_("Category"), required=False)
    owner = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Dealt with by"),
        required=False,
        empty_label=_("as the rules say"),
    )
    severity = forms.ChoiceField(label=_("Severity"), required=False, widget=forms.RadioSelect)
    severity_reason = forms.CharField(
        label=_("Why this severity"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    repeated = forms.BooleanField(label=_("It came back: the same thing happened before"), required=False)
    occurred_on = day_field(_("Occurred on"), required=False)
    aware_on = day_field(_("Aware on"), required=False)
    process = forms.CharField(label=_("Process"), max_length=120, required=False)
    document = forms.CharField(label=_("Document and version"), max_length=160, required=False)
    clauses = forms.ModelMultipleChoiceField(
        Clause.objects.none(),
        label=_("Clauses touched"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(self, *args: Any, event: QualityEvent, **kwargs: Any) -> None:
        kwargs["initial"] = {**_sorted_as(event), **kwargs.get("initial", {})}
        super().__init__(*args, event=event, **kwargs)
        known = words()
        kinds = [kind for kind in known.kinds.values() if event.level != "anonymous" or kind.anonymous]
        levels = [(one.code, f"{said(one.name)} — {said(one.what)}") for one in known.sorting.severities]
        choices = {
            "kind": named_choices(kinds, "–"),
            "category": named_choices(known.categories.values(), "–"),
            "severity": levels,
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        owner: Any = self.fields["owner"]
        owner.queryset = owners_of(event)
        owner.choices = [each for each in owner.choices]  # noqa: C416  asked once, and not how many they are
        owner.one_way, owner.help_text = True, rules_of_owners()
        if len(owner.choices) == 2:  # nobody else than the place: nothing to choose, no rule to tell
            owner.choices, owner.help_text = owner.choices[1:], ""
        severity: Any = self.fields["severity"]
        why: Any = self.fields["severity_reason"]
        severity.one_way = why.one_way = True
        severity.help_text = _("Asked of everything but strengths and good practices, with its reason.")
        clauses: Any = self.fields["clauses"]
        clauses.queryset = clauses_offered()
        clauses.choices = by_edition(clauses.queryset)
        if event.triaged_on is None:
            clauses.help_text = _("Left empty, those that its kind usually touches are noted.")

    def values(self) -> dict[str, Any]:
        """Return the decision as the act wants it."""
        data = self.cleaned_data
        day = data.get("occurred_on")
        owner = data["owner"] or Organization.objects.get(
            pk=owner_by_rules(
                self.event,
                kind=data["kind"],
                category=data["category"],
                severity=data["severity"],
                repeated=data["repeated"],
            )
        )
        decision = Sorted(
            kind=data["kind"],
            severity=data["severity"],
            severity_reason=data["severity_reason"],
            owner=owner,
            title=data["title"],
            category=data["category"],
            repeated=data["repeated"],
            process=data["process"],
            document=data["document"],
            occurred=PartialDate(day, day, "") if day else None,
            aware_on=data.get("aware_on"),
            clauses=list(data["clauses"]) or self._usual_clauses(data["kind"]),
            extra=self.event.extra,
        )
        return {"decision": decision, "version": data["version"]}

    def _usual_clauses(self, kind: str) -> list[Clause]:
        """Return the clauses that the catalogue proposes for the kind, when the event is sorted for the first time."""
        if self.event.triaged_on is not None:
            return []
        usual = set(words().kinds[kind].clauses)
        return [one for one in clauses_offered() if f"{one.edition.code}/{one.number}" in usual]


class RectifyForm(TriageForm):
    """Correct how an event was sorted, and say why."""

    reason = forms.CharField(label=_("Why the sorting is corrected"), max_length=300)

    def values(self) -> dict[str, Any]:
        """Return decision and reason."""
        return {**super().values(), "reason": self.cleaned_data["reason"]}


def owners_of(event: QualityEvent) -> "QuerySet[Organization]":
    """Return who may deal with it: where it happened, and the sponsor when a member sponsors the study."""
    houses = {event.place_id, event.organization_id}
    if event.study is not None and event.study.sponsor_id:
        houses.add(event.study.sponsor_id)
    return Organization.objects.filter(pk__in=houses)


def rules_of_owners() -> str:
    """Return in words what the rules of the catalogue give to the sponsor."""
    known = words()
    names = {
        code: said(one.name) for one_list in (known.categories, known.kinds) for code, one in one_list.items()
    }
    given = [
        names[value]
        for condition, owner in known.sorting.owners
        if owner == SPONSOR
        for value in condition.values()
        if value in names
    ]
    if not given:
        return gettext("The rules give everything to where it happened.")
    told = gettext(
        "The rules give to the sponsor, when it is a member: %(names)s; all else to where it happened."
    )
    return told % {"names": ", ".join(given)}


def clauses_offered() -> "QuerySet[Clause]":
    """Return the clauses of the applicable editions."""
    rows = Clause.objects.filter(withdrawn_on=None, edition__status="applicable")
    return rows.select_related("edition").order_by("edition__code", "position")


def by_edition(clauses: "QuerySet[Clause]") -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the clauses as choices under the name of their edition."""
    return [
        (edition, [(one.pk, f"§ {one.number} {one.title}") for one in group])
        for edition, group in groupby(clauses, key=lambda one: one.edition.label)
    ]


def _sorted_as(event: QualityEvent) -> dict[str, Any]:
    names = (
        "title",
        "kind",
        "category",
        "severity",
        "severity_reason",
        "repeated",
        "process",
        "document",
        "aware_on",
    )
    known = {name: getattr(event, name) for name in names}
    clauses = list(event.clauses.values_list("clause_id", flat=True))
    return {
        **known,
        "owner": event.organization_id
        if event.triaged_on or event.organization_id != event.place_id
        else None,
        "occurred_on": event.occurred_earliest,
        "clauses": clauses,
    }
