"""Write down the correction and the causes, and confirm them (ISO 9001 § 10.2.1 b)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts.moving import about, begin
from diapason.improvement.quality_events.facts import mending as facts
from diapason.improvement.quality_events.models import CauseFound, QualityEvent, words
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Why:
    """Hold one line of the analysis: `parent` is the place in the list of what it explains, None for the event."""

    text: str
    family: str
    parent: int | None = None
    cause: str = ""
    is_root: bool = False


@act
def record_correction(
    *, event: QualityEvent, correction: str, corrected_on: date, version: int | None, by: Any, on: date
) -> QualityEvent:
    """Write down what was done at once to mend it (ISO 9001 § 10.2.1 a)."""
    permissions.may_edit(event, by=by).require()
    if corrected_on > on:
        Verdict.no(message("It cannot have been corrected in the future.")).require()
    fresh = reread(event, version)
    fresh.correction, fresh.corrected_on = correction, corrected_on
    fresh.save(update_fields=["correction", "corrected_on"])
    record(facts.CorrectionRecorded(**about(fresh), correction=correction), by=by)
    return fresh


@act
def record_causes(
    *,
    event: QualityEvent,
    method: str,
    analysis: str,
    whys: Sequence[Why],
    version: int | None,
    by: Any,
    on: date,
) -> QualityEvent:
    """Write down the analysis as a tree; lines no longer there are removed, not erased."""
    permissions.may_edit(event, by=by).require()
    check_whys(whys).require()
    fresh = reread(event, version)
    fresh.method, fresh.analysis = method, analysis
    fresh.save(update_fields=["method", "analysis"])
    for old in CauseFound.objects.filter(event=event, removed_on=None):
        old.version += 1
        old.removed_on = on
        old.save(update_fields=["removed_on"])
    rows: list[CauseFound] = []
    for order, why in enumerate(whys):
        parent = rows[why.parent] if why.parent is not None else None
        row = CauseFound(
            event=fresh,
            parent=parent,
            order=order,
            family=why.family,
            text=why.text,
            cause=why.cause,
            is_root=why.is_root,
        )
        row.save()
        rows.append(row)
    record(facts.CausesRecorded(**about(fresh), causes=_named(whys)), by=by)
    return fresh


def check_whys(whys: Sequence[Why]) -> Verdict:
    """Tell whether the tree holds: each line explains an earlier one, roots are told in the shared words."""
    known = words()
    for place, why in enumerate(whys):
        if not why.text.strip():
            return Verdict.no(message("Line %(line)s says nothing."), line=place + 1)
        if why.family not in known.families:
            return Verdict.no(message("Line %(line)s: choose a branch."), line=place + 1)
        if why.parent is not None and not 0 <= why.parent < place:
            return Verdict.no(message("Line %(line)s explains a line that comes after it."), line=place + 1)
        if why.is_root and why.cause not in known.causes:
            return Verdict.no(
                message("Line %(line)s: a root cause is told in the shared words too."), line=place + 1
            )
    return Verdict.yes()


def _named(whys: Sequence[Why]) -> str:
    return ", ".join(dict.fromkeys(why.cause for why in whys if why.is_root and why.cause))


@act
def confirm_causes(*, event: QualityEvent, version: int | None, by: Any, on: date) -> QualityEvent:
    """Confirm the causes found, so that actions may be planned against them."""
    fresh, states = begin(event, "analyse", version=version, by=by)
    fresh.save(update_fields=["state"])
    roots = CauseFound.objects.filter(event=fresh, removed_on=None, is_root=True)
    causes = ", ".join(roots.values_list("cause", flat=True).distinct().order_by("cause"))
    record(facts.EventAnalysed(**about(fresh), **states, causes=causes), by=by)
    return fresh
