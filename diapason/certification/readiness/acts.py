"""Record what an organization answers, and what it does about its gaps (ISO 9001 §9.1.3, §10.3)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.certification.readiness import facts, permissions
from diapason.certification.readiness.models import Assessment, scale
from diapason.certification.readiness.queries.origins import clause_label
from diapason.certification.readiness.rules.entry import MOST_AT_ONCE, Entry, troubles
from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause, Edition
from diapason.improvement.action_plan.acts.planning import Draft, open_action
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.facts import Fact
from diapason.kernel.verdicts import Conflict, Verdict
from diapason.kernel.words import message

WRITTEN = (
    "maturity", "aside", "evidence", "references", "gap", "action", "action_owner", "action_due_on", "action_done_on",
    "plan_action", "assessed_by", "assessed_on", "clause_version", "version",
)  # fmt: skip
LONGEST_TITLE = 200


@act
def assess_clause(
    *, organization: Organization, clause: Clause, entry: Entry, version: int | None, by: Any, on: date
) -> Assessment:
    """Record an organization's answer to one clause; `version` is that of the answer read, None for a first one."""
    permissions.may_assess(organization, by=by).require()
    permissions.may_be_answered(clause, organization).require()
    _sound(entry).require()
    answers = Assessment.objects.select_related("plan_action")
    stored = answers.filter(organization=organization, clause=clause).first()
    if stored is None:
        assessment = Assessment(organization=organization, clause=clause)
    elif version is None:
        raise Conflict(f"{organization.short_name} § {clause.number}")
    else:
        assessment = reread(stored, version)
    _fill(assessment, entry, clause, by, on)
    assessment.save()
    record(_fact(assessment, organization, clause), by=by)
    return assessment


@act
def record_assessments(
    *, organization: Organization, edition: Edition, answers: Sequence[Entry], by: Any, on: date
) -> int:
    """Record many answers of one organization at once, 100 at the most; returns how many were written.

    An answer that stands already is replaced; one that is the same is left alone.
    """
    permissions.may_assess(organization, by=by).require()
    _few_enough(answers).require()
    clauses = {clause.number: clause for clause in edition.clauses.all()}
    stored = {
        one.clause_id: one
        for one in Assessment.objects.filter(
            organization=organization, clause__edition=edition
        ).select_related("plan_action")
    }
    new, changed = [], []
    for entry in answers:
        clause = clauses[entry.clause]
        clause.edition = edition
        permissions.may_be_answered(clause, organization).require()
        _sound(entry).require()
        assessment = stored.get(clause.pk)
        before = _content(assessment) if assessment else None
        assessment = assessment or Assessment(organization=organization, clause=clause)
        assessment.clause = clause
        _fill(assessment, entry, clause, by, on)
        if before is None:
            new.append(assessment)
        elif before != _content(assessment):
            assessment.version += 1
            changed.append(assessment)
    Assessment.objects.bulk_create(new)
    if changed:
        Assessment.objects.bulk_update(changed, WRITTEN)
    for assessment in [*new, *changed]:
        record(_fact(assessment, organization, assessment.clause), by=by)
    return len(new) + len(changed)


@act
def complete_action(*, assessment: Assessment, version: int, by: Any, on: date) -> Assessment:
    """State that the action on a gap was carried out; the level itself is assessed again afterwards."""
    permissions.may_complete_action(assessment, by=by).require()
    organization, clause = assessment.organization, assessment.clause
    assessment = reread(assessment, version)
    assessment.action_done_on = on
    assessment.save(update_fields=["action_done_on"])
    record(
        facts.GapActionCompleted(
            subject=_subject(organization, clause),
            organization=organization.code,
            edition=clause.edition.label,
            clause=clause.number,
        ),
        by=by,
    )
    return assessment


@act
def plan_action(*, assessment: Assessment, version: int, by: Any, on: date) -> Action:
    """Put the action written down for a gap into the action plan: its text, owner and day, a late one included.

    The answer then names the action instead of holding its words (ISO 9001 §6.1, §10.2).
    """
    permissions.may_plan_action(assessment, by=by).require()
    organization, clause = assessment.organization, assessment.clause
    fresh = reread(assessment, version)
    permissions.may_plan_action(fresh, by=by).require()
    title, _, rest = fresh.action.partition("\n")
    draft = Draft(
        organization=organization,
        kind=moves.IMPROVEMENT,
        title=title.strip()[:LONGEST_TITLE],
        description=fresh.action if rest.strip() or len(title) > LONGEST_TITLE else "",
        due_on=fresh.action_due_on or on,
        owner=fresh.action_owner,
        origin=assessment.subject,
        origin_label=clause_label(clause)[:LONGEST_TITLE],
        may_be_late=True,
    )
    action = open_action(draft=draft, by=by, on=on)
    fresh.plan_action, fresh.action, fresh.action_owner, fresh.action_due_on = action, "", None, None
    fresh.save(update_fields=["plan_action", "action", "action_owner", "action_due_on"])
    record(_planned(fresh, organization, clause), by=by)
    return action


@act
def follow_by_actions(*, organization: Organization, actions: Sequence[Action], by: Any) -> int:
    """Let the gaps of a house be followed by the actions opened for them; return how many now are.

    Actions of another house, or of what is no answer, change nothing.
    """
    permissions.may_assess(organization, by=by).require()
    opened = {one.origin: one for one in actions if one.organization_id == organization.pk}
    clauses = {origin.rpartition("/")[2] for origin in opened}
    rows = Assessment.objects.filter(organization=organization, clause__number__in=clauses)
    changed = 0
    for row in rows.select_related("organization", "clause__edition"):
        action = opened.get(row.subject)
        if action is None or row.plan_action_id == action.pk:
            continue
        fresh = reread(row)
        fresh.plan_action = action
        fresh.save(update_fields=["plan_action"])
        record(_planned(fresh, organization, row.clause), by=by)
        changed += 1
    return changed


def _planned(assessment: Assessment, organization: Organization, clause: Clause) -> Fact:
    return facts.GapActionPlanned(
        subject=_subject(organization, clause),
        organization=organization.code,
        edition=clause.edition.label,
        clause=clause.number,
        action=assessment.plan_action.number if assessment.plan_action else "",
    )


def _sound(entry: Entry) -> Verdict:
    found = troubles(entry, scale())
    return Verdict.no(next(iter(found.values()))) if found else Verdict.yes()


def _few_enough(answers: Sequence[Entry]) -> Verdict:
    if len(answers) <= MOST_AT_ONCE:
        return Verdict.yes()
    return Verdict.no(message("At most %(most)s answers are recorded at once."), most=MOST_AT_ONCE)


def _fill(assessment: Assessment, entry: Entry, clause: Clause, by: Any, on: date) -> None:
    """Write the answer; an action of the plan that has ended is settled by it, and stays with its origin."""
    assessment.maturity, assessment.aside = entry.maturity, entry.aside
    assessment.evidence, assessment.references = entry.evidence.strip(), entry.references.strip()
    assessment.gap, assessment.action = entry.gap.strip(), entry.action.strip()
    assessment.action_owner = entry.owner
    assessment.action_due_on, assessment.action_done_on = entry.due_on, entry.done_on
    if assessment.planned is None:
        assessment.plan_action = None
    assessment.assessed_by = getattr(by, "person", None)
    assessment.assessed_on = entry.assessed_on or on
    assessment.clause_version = clause.content_version


def _content(assessment: Assessment) -> tuple[Any, ...]:
    """Return what an answer says, without who said it and when."""
    return (
        assessment.maturity, assessment.aside, assessment.evidence, assessment.references, assessment.gap,
        assessment.action, assessment.action_owner_id, assessment.action_due_on, assessment.action_done_on,
        assessment.clause_version,
    )  # fmt: skip


def _subject(organization: Organization, clause: Clause) -> str:
    return f"assessment:{organization.code}/{clause.edition.code}/{clause.number}"


def _fact(assessment: Assessment, organization: Organization, clause: Clause) -> Fact:
    common = {
        "subject": _subject(organization, clause),
        "organization": organization.code,
        "edition": clause.edition.label,
        "clause": clause.number,
    }
    if assessment.aside:
        return facts.ClauseSetAside(**common)
    if assessment.maturity is None:
        return facts.ClauseNoted(**common)
    return facts.ClauseAssessed(**common, level=assessment.maturity)
