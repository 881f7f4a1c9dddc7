"""Shape plan, choice, attendance and minutes."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from diapason.context.people.models import Person, RoleAssignment
from diapason.improvement.crex.acts.meeting import Attended
from diapason.improvement.crex.models import CrexMeeting
from diapason.improvement.crex.queries.proposals import candidates, proposals_for, trade_choices
from diapason.improvement.quality_events.models import QualityEvent
from diapason.ui.free_text import AsksBeforeKeeping

DAY = {"type": "date"}
NAMED = 6
"""How many persons may be named at once."""


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **more)


def people_of(meeting: CrexMeeting, on: date) -> "QuerySet[Person]":
    """Return who holds a role in the house that day."""
    held = RoleAssignment.objects.in_force(on=on).filter(
        organization=meeting.organization_id, person=OuterRef("pk")
    )
    return Person.objects.filter(Exists(held)).order_by("sort_key")


class PlanForm(AsksBeforeKeeping, forms.Form):
    """Plan a meeting."""

    held_on = day_field(_("Day"))
    duration = forms.IntegerField(
        label=_("Planned length in minutes"), min_value=15, max_value=240, initial=60
    )
    place = forms.CharField(label=_("Place or video link"), max_length=120, required=False)

    def values(self) -> dict[str, Any]:
        """Return what the act wants."""
        return dict(self.cleaned_data)


class DeedForm(AsksBeforeKeeping, forms.Form):
    """Carry the meeting and the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: CrexMeeting, on: date, **kwargs: Any) -> None:
        self.meeting, self.on = meeting, on
        kwargs["initial"] = {"version": meeting.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return what the act wants besides meeting, by and on."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}


class SureForm(DeedForm):
    """Ask for nothing: the button says it."""


class ReasonForm(DeedForm):
    """Ask why."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


class RescheduleForm(DeedForm, PlanForm):
    """Change day, place or duration."""

    field_order = ("held_on", "duration", "place", "version")

    def __init__(self, *args: Any, meeting: CrexMeeting, on: date, **kwargs: Any) -> None:
        start = {"held_on": meeting.held_on, "duration": meeting.duration, "place": meeting.place}
        super().__init__(*args, meeting=meeting, on=on, initial=start, **kwargs)


class ChoiceForm(DeedForm):
    """Choose the event, who leads, and say why this one."""

    event = forms.ModelChoiceField(
        QualityEvent.objects.none(), label=_("Event"), to_field_name="number", empty_label=None
    )
    pilot = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Led by"),
        help_text=_("Somebody who was not involved in the event."),
    )
    reason = forms.CharField(label=_("Why this event"), max_length=300, required=False)

    def __init__(self, *args: Any, meeting: CrexMeeting, on: date, chosen: str = "", **kwargs: Any) -> None:
        start = {"event": chosen or meeting.event, "pilot": meeting.pilot_id, "reason": meeting.choice_reason}
        super().__init__(*args, meeting=meeting, on=on, initial=start, **kwargs)
        keys: set[int] = set(candidates(meeting.organization, on).values_list("pk", flat=True))
        rows = QualityEvent.objects.filter(pk__in=keys | {meeting.event_id or 0}).order_by(
            "-reported_on", "-number"
        )
        self.fields["event"].queryset = rows  # type: ignore[attr-defined]
        self.fields["pilot"].queryset = people_of(meeting, on)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return the choice with the points that the rule gives it that day, and the reason or their explanation."""
        values = super().values()
        proposed = {one.event.pk: one for one in proposals_for(self.meeting.organization, self.on)}
        found = proposed.get(values["event"].pk)
        values["score"] = found.score if found else None
        values["reason"] = (values["reason"] or (found.why if found else ""))[:300]
        return values


class AttendanceForm(DeedForm):
    """Say how many of each trade attended, and name people of the house where they wish it."""

    def __init__(self, *args: Any, meeting: CrexMeeting, on: date, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, on=on, **kwargs)
        rows = list(meeting.attendance.select_related("person"))
        counts = {row.trade: row.count for row in rows if row.person is None}
        named = [row for row in rows if row.person is not None]
        self.trades = [code for code, _name in trade_choices()]
        for code, name in trade_choices():
            self.fields[f"count_{code}"] = forms.IntegerField(
                label=name, min_value=0, max_value=50, required=False, initial=counts.get(code)
            )
        people = people_of(meeting, on)
        for place in range(NAMED):
            known = named[place] if place < len(named) else None
            self.fields[f"person_{place}"] = forms.ModelChoiceField(
                people, label=_("Person of the house"), required=False, empty_label="–",
                initial=known.person_id if known else None,
            )  # fmt: skip
            self.fields[f"trade_{place}"] = forms.ChoiceField(
                label=_("Trade"), required=False, choices=[("", "–"), *trade_choices()],
                initial=known.trade if known else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the trade of each person named, and name nobody twice."""
        data = super().clean() or {}
        seen = set()
        for place in range(NAMED):
            person = data.get(f"person_{place}")
            if person is None:
                continue
            if not data.get(f"trade_{place}"):
                self.add_error(f"trade_{place}", _("Say which trade."))
            if person.pk in seen:
                self.add_error(f"person_{place}", _("This person is named already."))
            seen.add(person.pk)
        return data

    @property
    def count_fields(self) -> list[Any]:
        """Return the fields of the trades."""
        return [self[f"count_{code}"] for code in self.trades]

    @property
    def named_fields(self) -> list[Any]:
        """Return the fields of the persons."""
        return [self[f"{name}_{place}"] for place in range(NAMED) for name in ("person", "trade")]

    def values(self) -> dict[str, Any]:
        """Return who attended, as the act wants it."""
        data = self.cleaned_data
        attended = [
            Attended(code, data[f"count_{code}"]) for code in self.trades if data.get(f"count_{code}")
        ]
        attended += [
            Attended(data[f"trade_{place}"], 1, data[f"person_{place}"])
            for place in range(NAMED)
            if data.get(f"person_{place}")
        ]
        return {"attended": attended, "version": data["version"]}


class MinutesForm(DeedForm):
    """Write the minutes."""

    minutes = forms.CharField(
        label=_("What the committee retains"), widget=forms.Textarea(attrs={"rows": 6}), max_length=8000
    )
    next_on = day_field(_("Next meeting"), required=False)

    def __init__(self, *args: Any, meeting: CrexMeeting, on: date, **kwargs: Any) -> None:
        start = {"minutes": meeting.minutes, "next_on": meeting.next_on}
        super().__init__(*args, meeting=meeting, on=on, initial=start, **kwargs)
