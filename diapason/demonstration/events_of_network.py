"""Give the coordination what is its own to sort, to mend and to follow: events and actions of the network itself."""

from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.context.network.models import Organization
from diapason.demonstration.events_stories import Cast, at
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.quality_events.acts import analysis, closing, messages, reporting, triage
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.dates import months_after

DEFINITIONS = [
    analysis.Why("Chaque établissement comptait les inclusions à sa façon", "method", None, "procedure"),
    analysis.Why(
        "La définition commune n’avait été envoyée qu’aux référents",
        "management",
        0,
        "information",
        is_root=True,
    ),
]


def tell(*, today: date, by: Automaton) -> None:
    """Play what concerns no single organization, in the name of the coordination."""
    network = Organization.objects.filter(kind=Organization.Kind.NETWORK).order_by("code").first()
    cast = Cast(today, by)
    manager = cast.account("network_coordinator", "")
    if network is None:
        return
    _finding(cast, network, manager)
    _complaint(cast, network, manager)
    text = "Proposer une fiche réflexe commune pour les visites de suivi à distance."
    _reported(network, text, "none", manager, cast.ago(2))


def _finding(cast: Cast, network: Organization, manager: Any) -> None:
    """Tell of a finding of the certifier on the whole: its action runs, and is checked on figures' definitions."""
    first = cast.ago(58)
    text = "Constat du certificateur : les inclusions ne sont pas définies de la même façon partout."
    event = _reported(network, text, "annoying", manager, first)
    decision = triage.Sorted(
        "external_finding", "major", "Les chiffres publics du réseau en dépendent.", network,
        category="data", process="Piloter le réseau", extra={"grade": "majeur"},
    )  # fmt: skip
    event = triage.triage_event(
        event=event, decision=decision, version=None, by=manager, on=first + timedelta(1)
    )
    event = analysis.record_causes(
        event=event, method="five_whys", analysis="Relu avec les responsables qualité en réunion de réseau.",
        whys=DEFINITIONS, version=None, by=manager, on=first + timedelta(12),
    )  # fmt: skip
    event = analysis.confirm_causes(event=event, version=None, by=manager, on=first + timedelta(12))
    owner = getattr(manager, "person", None)
    criterion = planning.Criterion(
        "sample",
        "Cinq organismes tirés au sort comptent selon la définition commune",
        months_after(cast.today, 3),
    )
    draft = planning.Draft(
        network, "corrective", "Définition commune des inclusions, annoncée à tous", cast.today + timedelta(21), owner,
        origin=event.subject, origin_label=event.title, criterion=criterion,
    )  # fmt: skip
    action = planning.open_action(draft=draft, by=manager, on=first + timedelta(14))
    event = closing.submit_plan(event=event, version=None, by=manager, on=first + timedelta(15))
    director = cast.account("network_director", "")
    closing.approve_plan(event=event, version=None, by=director, on=first + timedelta(20))
    carrying.start_action(action=action, version=None, by=manager, on=first + timedelta(22))


def _complaint(cast: Cast, network: Organization, manager: Any) -> None:
    """Tell of a complaint that was answered and waits for its correction."""
    text = "Un industriel attend six semaines nos réponses aux questionnaires de faisabilité."
    event = _reported(network, text, "annoying", manager, cast.ago(16))
    decision = triage.Sorted(
        "complaint", "minor", "Un partenaire mécontent ; aucun engagement rompu.", network, category="contracts",
        process="Piloter le réseau", extra={"from": "sponsor"},
    )  # fmt: skip
    event = triage.triage_event(event=event, decision=decision, version=None, by=manager, on=cast.ago(14))
    messages.answer_declarer(
        event=event, text="Un circuit unique de réponse est proposé.", by=manager, on=cast.ago(13)
    )


def _reported(network: Organization, text: str, consequence: str, who: Any, day: date) -> QualityEvent:
    report = reporting.Report(text, consequence, network)
    return reporting.report_event(report=report, by=who, at=at(day), on=day)
