"""Draft, edit, issue and withdraw communiqués."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.context.indicators.models import Claim, EditionFigure, FrozenEdition
from diapason.disclosure.communiques import facts, permissions
from diapason.disclosure.communiques.models import ChosenClaim, ChosenFigure, ChosenMilestone, Communique
from diapason.disclosure.communiques.queries import Milestone, content_of
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

TEXTS = ("title_fr", "title_en", "opening_fr", "opening_en", "contact_fr", "contact_en")


@act
def draft_communique(
    *,
    kind: str,
    edition: FrozenEdition,
    texts: Mapping[str, str],
    figures: Sequence[EditionFigure],
    milestones: Sequence[Milestone] = (),
    claims: Sequence[Claim] = (),
    by: Any,
    on: date,
) -> Communique:
    """Begin a communiqué or fact sheet on a frozen edition (ISO 9001 §7.4)."""
    permissions.may_write_communique(by=by).require()
    check_figures(edition, figures)
    communique = Communique.objects.create(
        number=take_number("CO", "NET", on.year),
        kind=kind,
        edition=edition,
        drafted_on=on,
        **{name: texts.get(name, "") for name in TEXTS},
    )
    choose(communique, figures, milestones, claims)
    record(
        facts.CommuniqueDrafted(
            subject=communique.subject, title=communique.title_fr, edition=edition.number
        ),
        by=by,
    )
    return communique


def check_figures(edition: FrozenEdition, figures: Sequence[EditionFigure]) -> None:
    """Refuse figures of another edition: what is printed comes from one frozen edition."""
    if any(one.edition_id != edition.pk for one in figures):
        Verdict.no(message("A communiqué shows figures of one frozen edition only.")).require()


def choose(
    communique: Communique,
    figures: Sequence[EditionFigure],
    milestones: Sequence[Milestone],
    claims: Sequence[Claim],
) -> None:
    """Replace what is chosen; the former choice stays in the trail."""
    for rows in (communique.chosen_figures, communique.chosen_milestones, communique.chosen_claims):
        rows.all().delete()
    ChosenFigure.objects.bulk_create(
        [ChosenFigure(communique=communique, figure=one, position=place) for place, one in enumerate(figures)]
    )
    ChosenMilestone.objects.bulk_create(
        [milestone_line(communique, one, place) for place, one in enumerate(milestones)]
    )
    ChosenClaim.objects.bulk_create(
        [ChosenClaim(communique=communique, claim=one, position=place) for place, one in enumerate(claims)]
    )


def milestone_line(communique: Communique, milestone: Milestone, position: int) -> ChosenMilestone:
    """Return the unsaved copy of a milestone in a communiqué."""
    return ChosenMilestone(
        communique=communique,
        key=milestone.key,
        about=milestone.about,
        text_fr=milestone.text.fr,
        text_en=milestone.text.en,
        earliest=milestone.when.earliest,
        latest=milestone.when.latest,
        position=position,
    )


@act
def edit_communique(
    *,
    communique: Communique,
    texts: Mapping[str, str],
    figures: Sequence[EditionFigure],
    milestones: Sequence[Milestone],
    claims: Sequence[Claim],
    version: int | None,
    by: Any,
    on: date,
) -> Communique:
    """Change the texts and choices of a draft."""
    communique = reread(communique, version)
    permissions.may_edit_communique(communique, by=by).require()
    check_figures(communique.edition, figures)
    for name in TEXTS:
        setattr(communique, name, texts.get(name, ""))
    communique.save(update_fields=TEXTS)
    choose(communique, figures, milestones, claims)
    record(
        facts.CommuniqueEdited(
            subject=communique.subject, figures=len(figures), milestones=len(milestones), claims=len(claims)
        ),
        by=by,
    )
    return communique


@act
def issue_communique(
    *, communique: Communique, final: bool, version: int | None, by: Any, on: date
) -> Communique:
    """Issue a communiqué: provisional with its marks, or final when every figure is whole and signed off."""
    communique = reread(communique, version)
    if final:
        permissions.may_issue_final(communique, content_of(communique).figures, by=by).require()
    else:
        permissions.may_issue_provisional(communique, by=by).require()
    communique.state = Communique.State.FINAL if final else Communique.State.PROVISIONAL
    communique.dated_on = on
    communique.save(update_fields=["state", "dated_on"])
    record(
        facts.CommuniqueIssued(subject=communique.subject, state=communique.state, dated_on=on.isoformat()),
        by=by,
    )
    return communique


@act
def withdraw_communique(
    *, communique: Communique, reason: str, version: int | None, by: Any, on: date
) -> Communique:
    """Withdraw a communiqué: it stays readable to those who wrote it, marked as withdrawn."""
    communique = reread(communique, version)
    permissions.may_withdraw_communique(communique, by=by).require()
    communique.state, communique.withdrawn_because = Communique.State.WITHDRAWN, reason
    communique.save(update_fields=["state", "withdrawn_because"])
    record(facts.CommuniqueWithdrawn(subject=communique.subject, reason=reason), by=by)
    return communique
