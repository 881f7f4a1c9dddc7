"""Follow the dates of a certification cycle and say when one of them needs somebody (ISO/IEC 17021-1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from diapason.certification.certificates.rules.tables import CycleTable
from diapason.kernel.dates import months_after
from diapason.kernel.words import message

WATCH, THREATENED = "watch", "threatened"


@dataclass(frozen=True)
class AuditRecord:
    """Hold what the alarms look at in one audit: kind, planned day, last day held."""

    kind: str
    planned_on: date | None = None
    held_on: date | None = None

    def within(self, year: int) -> bool:
        """Tell whether the audit was held, or is planned and still to come, in that year."""
        day = self.held_on or self.planned_on
        return day is not None and day.year == year


@dataclass(frozen=True)
class Cycle:
    """Hold what is known of one cycle on the day the alarms are asked for; None means not known."""

    decision_on: date | None
    expires_on: date | None
    initial: bool = False
    suspended_since: date | None = None
    ended: bool = False
    audits: tuple[AuditRecord, ...] = ()


@dataclass(frozen=True)
class Alarm:
    """Hold one thing to decide or to do: which, how pressing, until when, with the words to say it."""

    kind: str
    level: str
    due_on: date
    sentence: str
    parameters: dict[str, Any] = field(default_factory=dict, hash=False)


def last_valid_day(decision_on: date, table: CycleTable) -> date:
    """Return the last day of a cycle that begins by this decision (three years, the day before)."""
    return months_after(decision_on, table.cycle_months) - timedelta(days=1)


def alarms(cycle: Cycle, on: date, table: CycleTable) -> list[Alarm]:
    """Return what needs somebody on that day, most pressing first (ISO/IEC 17021-1, 9.1.3 and 9.6)."""
    if cycle.ended:
        return []
    first = list(_first_surveillance(cycle, on, table))
    said = {alarm.due_on.year for alarm in first}
    years = [a for a in _calendar_years(cycle, on, table) if a.due_on.year not in said]
    found = [*_suspension(cycle, on, table), *first, *years, *_expiry(cycle, on, table)]
    return sorted(found, key=lambda a: (a.level != THREATENED, a.due_on, a.kind))


def stage2_alarm(ended_on: date, majors_open: bool, on: date, table: CycleTable) -> Alarm | None:
    """Return the limit for verifying major nonconformities of a stage 2 audit, while one is open."""
    if not majors_open or ended_on > on:
        return None
    due = months_after(ended_on, table.stage2_months)
    if on > due:
        text = message(
            "The time to verify the major nonconformities of stage 2 ended on %(due)s: a new stage 2 is needed."
        )
        return Alarm("stage2_expired", THREATENED, due, text)
    text = message("Have the major nonconformities of stage 2 verified before %(due)s.")
    return Alarm("stage2_majors", WATCH, due, text)


def _suspension(cycle: Cycle, on: date, table: CycleTable) -> Iterator[Alarm]:
    if cycle.suspended_since is None or cycle.suspended_since > on:
        return
    due = months_after(cycle.suspended_since, table.suspension_months)
    late = message(
        "Suspended for longer than the usual limit of %(due)s: withdrawal or a smaller scope is to be expected."
    )
    text = message("Suspended since %(since)s: lift the suspension before %(due)s.")
    yield Alarm("suspension", THREATENED, due, late if on > due else text, {"since": cycle.suspended_since})


def _first_surveillance(cycle: Cycle, on: date, table: CycleTable) -> Iterator[Alarm]:
    """Say when the first surveillance after an initial decision is missing, too late, or not dated."""
    if not cycle.initial or cycle.decision_on is None or cycle.decision_on > on:
        return
    due = months_after(cycle.decision_on, table.first_surveillance_months)
    surveys = [a for a in cycle.audits if a.kind == "surveillance"]
    if any(a.held_on and a.held_on <= on for a in surveys):
        return
    planned = min((a.planned_on for a in surveys if a.planned_on and a.planned_on >= on), default=None)
    if on > due:
        text = message("The first surveillance audit was due by %(due)s and is not held.")
        yield Alarm("first_surveillance_late", THREATENED, due, text)
    elif planned and planned > due:
        text = message("The first surveillance audit is planned on %(planned)s, after the limit of %(due)s.")
        yield Alarm("first_surveillance_planned_late", THREATENED, due, text, {"planned": planned})
    elif planned is None and on >= months_after(due, -table.warn_first_surveillance_months):
        text = message("Date the first surveillance audit: due by %(due)s.")
        yield Alarm("first_surveillance_not_dated", WATCH, due, text)


def _calendar_years(cycle: Cycle, on: date, table: CycleTable) -> Iterator[Alarm]:
    """Say in which calendar years of the cycle no surveillance was held or is dated, renewal years excepted."""
    if cycle.decision_on is None or cycle.expires_on is None or cycle.expires_on < on:
        return
    for year in range(cycle.decision_on.year + 1, min(on.year, cycle.expires_on.year - 1) + 1):
        if any(a.kind in {"surveillance", "recertification"} and _counts(a, year, on) for a in cycle.audits):
            continue
        end = date(year, 12, 31)
        if year < on.year:
            text = message("No surveillance audit was held in %(year)s.")
            yield Alarm("calendar_year_missed", THREATENED, end, text, {"year": str(year)})
        elif on >= months_after(end, -table.warn_calendar_year_months):
            urgent = on >= months_after(end, -table.threat_calendar_year_months)
            text = message("Surveillance audit without a date in the calendar year %(year)s.")
            level = THREATENED if urgent else WATCH
            yield Alarm("calendar_year_not_dated", level, end, text, {"year": str(year)})


def _counts(audit: AuditRecord, year: int, on: date) -> bool:
    """Tell whether the audit was held in that year, or can still be held in it as planned."""
    if audit.held_on is not None:
        return audit.held_on.year == year
    return audit.planned_on is not None and audit.planned_on.year == year and audit.planned_on >= on


def _expiry(cycle: Cycle, on: date, table: CycleTable) -> Iterator[Alarm]:
    """Say that the expiry comes near, or what is still possible after it."""
    if cycle.expires_on is None:
        return
    expiry = cycle.expires_on
    if on > expiry:
        yield _lapsed(expiry, on, table)
        return
    reached = [s for s in table.expiry_steps if on >= months_after(expiry, -s.months)]
    if not reached:
        return
    step = min(reached, key=lambda s: s.months)
    state, planned = _renewal(cycle, on)
    level = {"held": step.held, "dated": step.dated, "undated": step.undated}[state]
    texts = {
        "held": message("Recertification audit held: obtain the decision before %(due)s."),
        "dated": message("Recertification audit planned on %(planned)s: to hold and decide before %(due)s."),
        "undated": message("Recertification audit to hold before %(due)s: it has no date."),
    }
    if level != "none":
        yield Alarm(
            f"expiry_{step.months}_months",
            level,
            expiry,
            texts[state],
            {"planned": planned} if planned else {},
        )


def _renewal(cycle: Cycle, on: date) -> tuple[str, date | None]:
    """Return whether the recertification audit of the cycle is "held", "dated" (and for when) or "undated"."""
    begin, expiry = cycle.decision_on or date.min, cycle.expires_on or date.max
    renewals = [a for a in cycle.audits if a.kind == "recertification"]
    if any(a.held_on and begin <= a.held_on <= on for a in renewals):
        return "held", None
    dates = [
        a.planned_on for a in renewals if a.planned_on and a.held_on is None and on <= a.planned_on <= expiry
    ]
    return ("dated", min(dates)) if dates else ("undated", None)


def _lapsed(expiry: date, on: date, table: CycleTable) -> Alarm:
    limit = months_after(expiry, table.restoration_months)
    if on <= limit:
        text = message(
            "Lapsed on %(expiry)s: it may be restored until %(due)s when the remaining work is done."
        )
        return Alarm("lapsed_restorable", THREATENED, limit, text, {"expiry": expiry})
    text = message("Lapsed on %(expiry)s: a new stage 2 audit at least is needed.")
    return Alarm("lapsed", THREATENED, limit, text, {"expiry": expiry})
