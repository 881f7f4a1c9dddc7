"""Shape the report: three fields, then four questions."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.network.models import Organization
from diapason.improvement.quality_events.acts.reporting import Report
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.places import Place, places_of
from diapason.improvement.quality_events.rules.wording import digest_of, is_code, new_code
from diapason.ui.free_text import AsksBeforeKeeping

CONSEQUENCES = [(value, capfirst(label)) for value, label in QualityEvent.Consequence.choices]
LEVELS = [
    (QualityEvent.Level.CONFIDENTIAL, _("Confidential: only the quality manager sees my name")),
    (QualityEvent.Level.NAMED, _("With my name: everybody who works on the event sees it")),
]


class ReportForm(AsksBeforeKeeping, forms.Form):
    """Say what happened, where, and how serious: the rest is asked later, of the right person."""

    description = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=_("Neither name nor date of birth."),
    )
    where = forms.ChoiceField(label=_("Where, or in which study?"))
    consequence = forms.ChoiceField(label=_("Consequence"), choices=CONSEQUENCES, widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=_("Who may know my name?"), choices=LEVELS, widget=forms.RadioSelect, required=False
    )
    sent_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "level": QualityEvent.Level.CONFIDENTIAL, "sent_key": uuid4(), **kwargs.get("initial", {})
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.on = on
        groups = places_of(user, on=on)
        self.places: dict[str, Place] = {place.value: place for group in groups.values() for place in group}
        titles = {
            "houses": gettext("Establishment"),
            "sites": gettext("Sites"),
            "studies": gettext("Studies"),
        }
        choices = [
            (titles[name], [(place.value, place.label) for place in group])
            for name, group in groups.items()
            if group
        ]
        self.fields["where"].choices = choices  # type: ignore[attr-defined]

    def report(self) -> Report:
        """Return what the act wants."""
        data = self.cleaned_data
        place = self.places[data["where"]]
        return Report(
            description=data["description"],
            consequence=data["consequence"],
            place=place.organization,
            site=place.site,
            study=place.study,
            level=data["level"] or QualityEvent.Level.CONFIDENTIAL,
            sent_key=str(data["sent_key"] or ""),
        )


class RoutingForm(forms.Form):
    """Ask the four questions: the first yes says where it is also to be reported."""

    external_number = forms.CharField(
        label=_("Number given by the other tool, if it has one"), max_length=60, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.fields.pop("external_number")
        for question in words().questions:
            self.fields[question.code] = forms.ChoiceField(
                label=said(question.ask),
                choices=[("no", _("no")), ("yes", _("yes"))],
                initial="no",
                widget=forms.RadioSelect,
            )
        self.fields["external_number"] = number

    @property
    def channel(self) -> str:
        """Return the channel of the first question answered yes, "here" when all are no."""
        for question in words().questions:
            if self.cleaned_data[question.code] == "yes":
                return question.channel
        return "here"


class WordsForm(AsksBeforeKeeping, forms.Form):
    """Add something to one's report."""

    text = forms.CharField(
        label=_("Add something"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class AnonymousForm(AsksBeforeKeeping, forms.Form):
    """Say something without a name: suggestions and questions of organization only."""

    ASKS_OF_CONTACTS = True

    kind = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    description = forms.CharField(
        label=_("What would you like to say?"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        max_length=4000,
        help_text=_(
            "Write nothing by which you or others could be recognized: neither name, nor hour, nor room."
        ),
    )
    where_text = forms.CharField(
        label=_("Where"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    consequence = forms.ChoiceField(label=_("Consequence"), choices=CONSEQUENCES, widget=forms.RadioSelect)
    receipt = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"receipt": new_code(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        taken = [(one.code, said(one.name)) for one in words().kinds.values() if one.anonymous]
        self.fields["kind"].choices = taken  # type: ignore[attr-defined]

    def clean_receipt(self) -> str:
        """Return the code made with the page, a new one when it was tampered with."""
        code: str = self.cleaned_data["receipt"]
        return code if is_code(code) else new_code()

    def report(self, place: Organization, receipt: str) -> Report:
        """Return what the act wants."""
        data = self.cleaned_data
        return Report(
            description=data["description"],
            consequence=data["consequence"],
            place=place,
            where_text=data["where_text"],
            level=QualityEvent.Level.ANONYMOUS,
            receipt_digest=digest_of(receipt),
            kind=data["kind"],
        )


class CodeForm(forms.Form):
    """Ask for the receipt code."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Twelve characters, as on the receipt: 7Q4M-2XKD-90TZ."),
    )


class AnonymousWordsForm(WordsForm):
    """Add something without a name."""

    ASKS_OF_CONTACTS = True
    code = forms.CharField(widget=forms.HiddenInput, max_length=20)
