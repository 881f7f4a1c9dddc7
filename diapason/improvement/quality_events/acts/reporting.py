"""Report an event: by somebody signed in, out of the letter box, or taken over from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from diapason.audit_trail.acts import act, automaton, record, take_number, take_numbers
from diapason.audit_trail.bulk import insert
from diapason.context.network.models import Organization, Site
from diapason.context.people.models import Person
from diapason.context.studies.models import Study
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts.moving import about
from diapason.improvement.quality_events.acts.obligations import open_duties
from diapason.improvement.quality_events.facts import reporting as facts
from diapason.improvement.quality_events.models import Declarer, QualityEvent, words
from diapason.improvement.quality_events.rules.moves import ENDED, ROUTED
from diapason.improvement.quality_events.rules.wording import title_of
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

CONFIDENTIAL = automaton(message("confidential report"))


@dataclass(frozen=True)
class Report:
    """Hold what the three fields say, and what is guessed from who and where one is."""

    description: str
    consequence: str
    place: Organization
    site: Site | None = None
    study: Study | None = None
    where_text: str = ""
    level: str = QualityEvent.Level.CONFIDENTIAL
    occurred: PartialDate = field(default_factory=lambda: PartialDate(None, None, ""))
    aware_on: date | None = None
    receipt_digest: str = ""
    kind: str = ""
    category: str = ""
    origin: str = ""
    sent_key: str = ""


def report_event(*, report: Report, by: Any, at: datetime, on: date) -> QualityEvent:
    """Report an event; the name of a confidential declarer is in no trail line (ISO 9001 § 10.2.1).

    `at` is the moment, `on` the day at the place. Raises Refused for somebody who does not work there.
    """
    permissions.may_report(report.place, by=by).require()
    declarer = getattr(by, "person", None)
    stated = by if report.level == QualityEvent.Level.NAMED else CONFIDENTIAL
    return enter_event(report=report, declarer=declarer, by=stated, hour=at, on=on)


def stated_by(event: QualityEvent, declarer: Any) -> Any:
    """Return who the trail names when a declarer goes on with a report: nobody, unless it was a named one."""
    return declarer if event.level == QualityEvent.Level.NAMED else CONFIDENTIAL


@act
def enter_event(
    *, report: Report, declarer: Person | None, by: Any, hour: datetime | None, on: date
) -> QualityEvent:
    """Enter a reported event; `declarer` stands apart from it, declarer and hour are none when anonymous."""
    if report.sent_key and (already := QualityEvent.objects.filter(sent_key=report.sent_key).first()):
        return already
    check_level(report, declarer).require()
    check_days(report, on).require()
    event = QualityEvent(
        number=take_number("EV", report.place.code, on.year),
        organization=report.place,
        place=report.place,
        site=report.site,
        study=report.study,
        where_text=report.where_text,
        title=title_of(report.description),
        description=report.description,
        kind=report.kind,
        category=report.category,
        consequence=report.consequence,
        level=report.level,
        origin=report.origin,
        receipt_digest=report.receipt_digest,
        sent_key=report.sent_key,
        occurred_earliest=report.occurred.earliest,
        occurred_latest=report.occurred.latest,
        occurred_wording=report.occurred.wording,
        aware_on=report.aware_on or on,
        reported_on=on,
        reported_at=hour,
    )
    event.full_clean(exclude=["number"])
    event.save()
    if declarer is not None:
        Declarer.objects.create(event=event, person=declarer)
    fact = facts.EventReported(
        **about(event), title=event.title, consequence=event.consequence, level=event.level
    )
    record(fact, by=by)
    return event


def check_level(report: Report, declarer: Person | None) -> Verdict:
    """Tell whether the level suits the kind: without a name only suggestions and organization, never deviations."""
    if report.level != QualityEvent.Level.ANONYMOUS:
        return Verdict.yes()
    kind = words().kinds.get(report.kind)
    if kind is None or not kind.anonymous:
        return Verdict.no(message("Only suggestions and questions of organization are taken without a name."))
    if declarer is not None:
        return Verdict.no(message("An anonymous report keeps no declarer."))
    return Verdict.yes()


def check_days(report: Report, on: date) -> Verdict:
    """Tell whether the days of a report are possible: it happens, one is aware of it, one reports it."""
    aware = report.aware_on or on
    if aware > on:
        return Verdict.no(message("One cannot have been aware of it in the future."))
    if report.occurred.earliest is not None and report.occurred.earliest > aware:
        return Verdict.no(message("One cannot have been aware of it before it happened."))
    return Verdict.yes()


@act
def answer_routing(
    *, event: QualityEvent, channel: str, external_number: str, by: Any, at: datetime
) -> QualityEvent:
    """Write down the channel that the four questions led to, and open what it asks to be done outside.

    Raises Refused when the event is ended: a clock that begins there would be seen by nobody.
    """
    event.refresh_from_db()
    if event.state in ENDED and event.state != ROUTED:
        Verdict.no(message("The event is ended: write to the quality manager below.")).require()
    event.version += 1
    event.channel, event.external_number = channel, external_number
    event.save(update_fields=["channel", "external_number"])
    open_duties(event, words().channels[channel].duties, at=at)
    fact = facts.RoutingAnswered(**about(event), channel=channel, external_number=external_number)
    record(fact, by=by)
    return event


@act
def take_over_events(*, rows: Sequence[QualityEvent], organization: Organization, by: Any, on: date) -> int:
    """Take over events kept elsewhere until now; rows come checked, without numbers (reprise de l'existant).

    Raises Refused when a row was taken over meanwhile: all rows go in, or none.
    """
    permissions.may_take_over(organization, by=by).require()
    codes = [row.external_number for row in rows if row.external_number]
    there = QualityEvent.objects.filter(organization=organization, external_number__in=codes).first()
    if there is not None:
        Verdict.no(message("%(code)s was taken over meanwhile."), code=there.external_number).require()
    for year in sorted({row.reported_on.year for row in rows}):
        of_year = [row for row in rows if row.reported_on.year == year]
        numbers = take_numbers("EV", organization.code, year, len(of_year))
        for row, number in zip(of_year, numbers, strict=True):
            row.number, row.organization, row.place = number, organization, organization
    insert(QualityEvent, rows)
    for row in rows:
        record(facts.EventTakenOver(**about(row), number=row.external_number), by=by)
    subject = f"organization:{organization.code}"
    record(facts.EventsTakenOver(subject=subject, organization=organization.code, count=len(rows)), by=by)
    return len(rows)
