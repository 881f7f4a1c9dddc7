"""Shape one sheet: two numbers a category, and where the sponsor's log is."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.improvement.deviation_sheets.acts.keeping import Entry, Log
from diapason.improvement.deviation_sheets.models import DeviationProposal, category_name, rules
from diapason.improvement.deviation_sheets.queries.grids import Line
from diapason.improvement.deviation_sheets.rules.cells import MOST, Cell
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.ui import wording
from diapason.ui.free_text import AsksBeforeKeeping


class CountForm(forms.Form):
    """Be the two numbers of one category."""

    count = forms.IntegerField(label=_("Deviations"), required=False, min_value=0, max_value=MOST)
    major = forms.IntegerField(label=_("of which major"), required=False, min_value=0, max_value=MOST)

    def __init__(self, *args: Any, category: str, cell: Cell | None, **kwargs: Any) -> None:
        known = {"count": cell.count, "major": cell.major or None} if cell else {}
        kwargs |= {"prefix": category, "initial": known}
        super().__init__(*args, **kwargs)
        self.category, self.name = category, category_name(category)

    def clean(self) -> dict[str, Any]:
        """Refuse more major ones than deviations."""
        data = super().clean() or {}
        count, major = data.get("count"), data.get("major") or 0
        if major > (count or 0):
            self.add_error("major", gettext("The major ones are among the others."))
        return data

    @property
    def cell(self) -> Cell | None:
        """Return what was entered, None when nothing was."""
        count = self.cleaned_data.get("count")
        return None if count is None else Cell(count, self.cleaned_data.get("major") or 0)


class SheetForm(AsksBeforeKeeping, forms.Form):
    """Enter one sheet."""

    log_system = forms.CharField(
        label=_("Sponsor’s log kept in"), max_length=80, required=False, help_text=_("eCRF, CTMS, e-mail…")
    )
    log_code = forms.CharField(label=_("Reference in the sponsor’s log"), max_length=80, required=False)
    log_link = forms.URLField(label=_("Link to the sponsor’s log"), required=False, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        names = ("log_system", "log_code", "log_link")
        log = {name: getattr(line.sheet, name) for name in names} if line.sheet else {}
        kwargs["initial"] = {"version": line.version, **log}
        super().__init__(*args, **kwargs)
        self.line = line
        more = tuple(code for code in words().categories if code in line.cells and code not in rules().grid)
        self.counts = [
            CountForm(self.data or None, category=code, cell=line.cells.get(code))
            for code in rules().grid + more
        ]

    def is_valid(self) -> bool:
        """Tell whether form and counts are well-formed."""
        return all([super().is_valid(), *(each.is_valid() for each in self.counts)])

    def entry(self) -> Entry:
        """Return the sheet as the act wants it."""
        data = self.cleaned_data
        log = Log(data["log_system"], data["log_code"], data["log_link"])
        cells = {each.category: each.cell for each in self.counts}
        return Entry(self.line.study, self.line.month, cells, log, data["version"])


class OpenForm(AsksBeforeKeeping, forms.Form):
    """Open the event that is proposed: everything is filled in, everything may be changed."""

    description = forms.CharField(
        label=_("What happened"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000
    )
    consequence = forms.ChoiceField(
        label=_("Consequence"), choices=QualityEvent.Consequence.choices, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: DeviationProposal, **kwargs: Any) -> None:
        rule = rules().rules.get(proposal.rule)
        start = {
            "description": described(proposal),
            "consequence": rule.consequence if rule else "annoying",
            "version": proposal.version,
        }
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)


class DeclineForm(AsksBeforeKeeping, forms.Form):
    """Say why there is no event."""

    reason = forms.CharField(
        label=_("Why no event"), widget=forms.Textarea(attrs={"rows": 3}), max_length=400
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: DeviationProposal, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": proposal.version}
        super().__init__(*args, **kwargs)


def described(proposal: DeviationProposal) -> str:
    """Return the first words of the event: where, when, which category, which rule and its figure."""
    where = str(proposal.study) if proposal.study else gettext("all studies of the organization")
    text = gettext("%(category)s: %(rule)s, %(where)s, %(month)s (%(figure)s).") % {
        "category": proposal.category_name,
        "rule": proposal.rule_name[:1].lower() + proposal.rule_name[1:],
        "where": where,
        "month": proposal.month_name,
        "figure": figure_said(proposal),
    }
    return f"{text}\n{proposal.rule_why}"


def figure_said(proposal: DeviationProposal) -> str:
    """Return the figure that a rule saw, in words."""
    rule = rules().rules.get(proposal.rule)
    names = {
        "major": gettext("major deviations: %(number)s"),
        "repeated": gettext("months in a row: %(number)s"),
        "above_limit": gettext("deviations in the month: %(number)s"),
    }
    text = names.get(rule.kind if rule else "", "%(number)s")
    return text % {"number": wording.figure(proposal.figure)}
