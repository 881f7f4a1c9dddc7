"""Say who may define, declare, sign off, freeze and claim; an automaton does what the program itself does."""

from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def holds(by: Any, ability: str, organization_id: int | None = None) -> bool:
    """Tell whether this person (or the program itself) has the ability there; None is the network."""
    return isinstance(by, Automaton) or by.scope.may(ability, organization_id)


def may_read_live_figures(*, by: Any) -> Verdict:
    """Tell whether this person may read figures that are not frozen: a funder reads frozen editions only."""
    if getattr(by, "scope", None) is not None and by.scope.audience == "funder":
        return Verdict.no(message("A funder reads the frozen editions, which no longer move."))
    return Verdict.yes()


def may_load_definitions(*, by: Any) -> Verdict:
    """Tell whether this person may load definitions from the catalogue (ISO 9001 §9.1.1)."""
    if holds(by, "load_catalogue"):
        return Verdict.yes()
    return Verdict.no(message("Only those who keep the catalogue may load definitions."))


def may_check_definition(*, by: Any) -> Verdict:
    """Tell whether this person may record that a definition was checked."""
    if holds(by, "manage_claims"):
        return Verdict.yes()
    return Verdict.no(
        message("Only the national coordination or the direction may record the check of a definition.")
    )


def may_compute_figures(*, by: Any) -> Verdict:
    """Tell whether this person may have the figures computed again."""
    if isinstance(by, Automaton) or any(
        by.scope.may_somewhere(one) for one in ("freeze_edition", "declare_figure")
    ):
        return Verdict.yes()
    return Verdict.no(message("Only those who prepare the network’s figures may have them computed again."))


def may_declare_figure(organization: Any | None, *, by: Any) -> Verdict:
    """Tell whether this person may declare a value of that organization (None: of the network)."""
    if holds(by, "declare_figure", organization.pk if organization else None):
        return Verdict.yes()
    if organization is None:
        return Verdict.no(
            message("Only the national coordination may declare a figure of the whole network.")
        )
    return Verdict.no(
        message("Only %(organization)s may declare its figures."), organization=organization.short_name
    )


def may_withdraw_declared_value(value: Any, *, by: Any) -> Verdict:
    """Tell whether this person may withdraw a declared value."""
    if value.withdrawn_on:
        return Verdict.no(message("This value was withdrawn already."))
    return may_declare_figure(value.organization, by=by)


def may_sign_figure(figure: Any, *, by: Any) -> Verdict:
    """Tell whether this person may sign off that figure; nobody signs off what he or she declared."""
    if not figure.is_known:
        return Verdict.no(message("There is no value to sign off yet."))
    if figure.is_signed:
        return Verdict.no(message("This figure is signed off already."))
    if not isinstance(by, Automaton) and figure.declared_id and figure.declared.declared_by == by.trail_name:
        return Verdict.no(message("Whoever declared a value does not sign it off: a second person does."))
    if holds(by, "sign_figure", figure.organization_id):
        return Verdict.yes()
    if figure.organization_id is None:
        return Verdict.no(
            message("Only the direction of the network signs off a figure of the whole network.")
        )
    return Verdict.no(
        message("Only %(organization)s signs off its figures."), organization=figure.organization.short_name
    )


def may_freeze_edition(*, by: Any) -> Verdict:
    """Tell whether this person may freeze the figures of a year for publication."""
    if holds(by, "freeze_edition"):
        return Verdict.yes()
    return Verdict.no(message("Only the national coordination or the direction may freeze an edition."))


def may_manage_claims(*, by: Any) -> Verdict:
    """Tell whether this person may record and review claims."""
    if holds(by, "manage_claims"):
        return Verdict.yes()
    return Verdict.no(message("Only the national coordination or the direction keeps the claims."))
