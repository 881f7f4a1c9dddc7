"""Shape what people type about studies."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.network.models import Organization
from diapason.context.network.rules import BadIdentifier
from diapason.context.studies.models import Study
from diapason.context.studies.rules import identifiers, vocabulary
from diapason.kernel.dates import PartialDate

_SHAPE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


class PartialDateField(forms.CharField):
    """Take a day (2026-05-13), a month (2026-05) or a year (2026)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 10)
        options.setdefault("required", False)
        options.setdefault(
            "help_text", _("Year, year-month or year-month-day, as far as it is known: 2026-05.")
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """Return the date known in part; an empty text is an unknown date."""
        text = super().to_python(value)
        if not text:
            return PartialDate(None, None)
        match = _SHAPE.fullmatch(text.strip())
        try:
            if match is None:
                raise ValueError(text)
            year, month, day = (int(part) if part else None for part in match.groups())
            return _partial(year or 0, month, day)
        except ValueError:
            raise forms.ValidationError(gettext("Write a date as 2026, 2026-05 or 2026-05-13.")) from None

    def validate(self, value: Any) -> None:
        """Refuse an unknown date where a date is demanded."""
        if self.required and not value.is_known:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Skip the validators of texts: what is checked here is a date already."""

    def prepare_value(self, value: Any) -> Any:
        """Return what the field shows for a date known in part."""
        if not isinstance(value, PartialDate):
            return value
        sizes = {"day": 10, "month": 7, "year": 4}
        return (
            value.earliest.isoformat()[: sizes[value.precision]]
            if value.precision in sizes and value.earliest
            else ""
        )


def _partial(year: int, month: int | None, day: int | None) -> PartialDate:
    if month is None:
        return PartialDate.year(year)
    return PartialDate.month(year, month) if day is None else PartialDate.day(date(year, month, day))


class StudyFields(forms.ModelForm[Study]):
    """Hold the fields that registering and correcting share."""

    starts = PartialDateField(label=_("Start of the study"))
    ends = PartialDateField(label=_("End of the study"))

    class Meta:
        model = Study
        fields = [
            "acronym", "title_fr", "title_en", "sponsor", "sponsor_name", "kind", "category", "phase", "is_therapeutic",
            "planned_enrolment", "actual_enrolment", "funding",
        ]  # fmt: skip
        labels = {
            "sponsor": _("Sponsor, when a member"),
            "sponsor_name": _("Sponsor, when outside the network"),
            "kind": _("Kind of study"),
            "category": _("Category"),
            "phase": _("Phase"),
            "is_therapeutic": _("Therapeutic study"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Organization.objects.members()
        self.fields["sponsor"].queryset = members.filter(is_sponsor=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one title and one sponsor."""
        data = super().clean() or {}
        if not data.get("title_fr") and not data.get("title_en"):
            self.add_error("title_fr", gettext("A study needs its title in one language at least."))
        if data.get("sponsor") and data.get("sponsor_name"):
            self.add_error("sponsor_name", gettext("A study has one sponsor: a member or somebody outside."))
        return data


class RegistrationForm(StudyFields):
    """Register a study by hand."""

    identifier_kind = forms.ChoiceField(
        label=_("Kind of number"), required=False, choices=[("", "–"), *identifiers.LABELS.items()]
    )
    identifier = forms.CharField(label=_("Number"), required=False, max_length=80)
    status = forms.ChoiceField(label=_("Status"), choices=list(vocabulary.STATUS_LABELS.items()))
    since = PartialDateField(label=_("Since"))
    is_confidential = forms.BooleanField(
        label=_("Confidential study"),
        required=False,
        help_text=_("Outside your organization neither its name, its numbers nor its existence will show."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("identifier_kind", "status"):
            field = self.fields[name]
            field.choices = [(code, gettext(label)) for code, label in field.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the number by the rule of its kind."""
        data = super().clean()
        kind, text = data.get("identifier_kind", ""), data.get("identifier", "")
        if text and not kind:
            kind, text = identifiers.recognised(text)
        if text:
            try:
                data["identifiers"] = ((kind, identifiers.check(kind, text)),)
            except BadIdentifier as error:
                self.add_error("identifier", gettext(error.reason) % error.parameters)
        return data


class CorrectionForm(StudyFields):
    """Correct a study, with the reason and the version that was read."""

    reason = forms.CharField(label=_("Reason for the correction"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            version=self.instance.version, starts=self.instance.starts, ends=self.instance.ends
        )

    @property
    def changes(self) -> dict[str, Any]:
        """Return field → new value of what was changed."""
        return {
            name: self.cleaned_data[name] for name in self.changed_data if name not in {"reason", "version"}
        }


class StatusForm(forms.Form):
    """Record that a study reached another status."""

    status = forms.ChoiceField(label=_("Status"))
    since = PartialDateField(label=_("Since"), required=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(str(code), gettext(label)) for code, label in vocabulary.STATUS_LABELS.items()]
        self.fields["status"].choices = labels  # type: ignore[attr-defined]


class ConfidentialityForm(forms.Form):
    """Hide a study outside its holder, or show it again."""

    holder = forms.ModelChoiceField(
        label=_("Organization that holds it"), queryset=Organization.objects.none()
    )
    is_confidential = forms.BooleanField(label=_("Confidential study"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = organizations  # type: ignore[attr-defined]
