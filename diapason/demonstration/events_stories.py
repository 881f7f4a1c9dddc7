"""Plant a few stories through the acts themselves, so that each tells itself line by line in the audit trail."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from diapason.audit_trail.open_act import Automaton
from diapason.context.network.models import Organization
from diapason.context.people.models import Account, RoleAssignment
from diapason.context.studies.models import Study
from diapason.context.studies.rules.vocabulary import Category
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.measures import figures_at
from diapason.improvement.action_plan.models import Action
from diapason.improvement.quality_events.acts import (
    analysis,
    closing,
    messages,
    obligations,
    reporting,
    triage,
)
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.dates import months_after

LEADING, HELPING, FAILING = "BRE", "NIM", "PAU"


class Cast:
    """Hold who plays: accounts of the demonstration, and the program for the houses that have none."""

    def __init__(self, today: date, by: Automaton) -> None:
        self.today, self.by = today, by
        held = RoleAssignment.objects.filter(stands_in_for=None).select_related(
            "person__account", "organization"
        )
        self.accounts: dict[tuple[str, str], Account] = {}
        for one in held.order_by("pk"):
            account = getattr(one.person, "account", None)
            code = one.organization.code if one.organization else ""
            if account is not None:
                self.accounts.setdefault((one.role, code), account)
        self.persons = {(one.role, one.organization.code): one.person for one in held if one.organization}
        self.houses = {one.code: one for one in Organization.objects.all()}

    def account(self, role: str, code: str = LEADING) -> Any:
        """Return who holds the role there, the program when nobody has an account."""
        return self.accounts.get((role, code), self.by)

    def ago(self, days: int) -> date:
        """Return the day so many days before today."""
        return self.today - timedelta(days=days)


def at(day: date, hour: int = 9) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(hour, 12), tzinfo=UTC)


def tell(*, today: date, by: Automaton) -> None:
    """Play the stories."""
    cast = Cast(today, by)
    consents(cast)
    not_effective(cast)
    serious_breach(cast)
    lately(cast)


OLD_VERSIONS = [
    analysis.Why("L’ancienne version restait dans l’armoire de l’hôpital de jour", "material"),
    analysis.Why("Personne n’était chargé de la retirer", "management", parent=0),
    analysis.Why(
        "Le changement n’était annoncé qu’aux médecins", "management", 1, "information", is_root=True
    ),
    analysis.Why("Chaque service imprimait ses formulaires", "material", None, "tool", is_root=True),
]


def consents(cast: Cast) -> None:
    """Tell how one cupboard ended the wrong versions of consent: the whole loop, ready to be closed."""
    changed = months_after(cast.today.replace(day=1), -6) - timedelta(days=2)
    first = changed - timedelta(days=64)
    manager = cast.account("quality_manager")
    event = _reported(cast, LEADING, "Consentement signé dans l’ancienne version (V3 au lieu de V4).", first)
    event = _sorted(
        cast, event, "consent", "Troisième récidive en six mois.", first + timedelta(days=2), repeated=True
    )
    event = _analysed(event, OLD_VERSIONS, manager, first + timedelta(days=21), "orion")
    action = _action(cast, event, "Armoire unique des consentements", changed, months_after(changed, 4))
    event = closing.submit_plan(event=event, version=None, by=manager, on=first + timedelta(days=24))
    director = cast.account("network_director", "")
    event = closing.approve_plan(event=event, version=None, by=director, on=first + timedelta(days=26))
    owner = cast.account("process_owner")
    action = carrying.start_action(action=action, version=None, by=owner, on=first + timedelta(days=27))
    action = carrying.finish_action(
        action=action, result="Une seule armoire, relevée chaque lundi ; anciennes versions détruites.",
        evidence="Compte rendu de mise en place, classeur qualité.", version=None, by=owner, on=changed,
    )  # fmt: skip
    person = cast.persons.get(("quality_manager", HELPING))
    checker: Any = cast.account("quality_manager", HELPING)
    if person is not None:
        planning.invite_checker(action=action, person=person, by=manager, on=cast.ago(40))
    day = max(cast.ago(20), action.check_due_on or cast.ago(20))
    carrying.check_effectiveness(
        action=action, effective=True, comment="Moins de quatre erreurs par mois, quatre mois de suite.",
        figures=figures_at(action, on=day), version=None, by=checker, on=day,
    )  # fmt: skip
    event = QualityEvent.objects.select_related("organization").get(pk=event.pk)
    closing.confirm_effectiveness(event=event, version=None, by=manager, on=cast.ago(19))
    messages.answer_declarer(
        event=event, text="Une armoire unique a été posée ; merci.", by=manager, on=cast.ago(18)
    )


def not_effective(cast: Cast) -> None:
    """Tell of an action that did not work: its event goes back to its causes, nothing is lost."""
    by, first = cast.by, cast.ago(260)
    event = _reported(cast, FAILING, "Échantillons congelés après le délai.", first)
    event = _sorted(cast, event, "samples", "Deuxième fois ce trimestre.", first + timedelta(days=3))
    whys = [analysis.Why("L’équipe ne connaissait pas le délai", "people", None, "training", is_root=True)]
    event = _analysed(event, whys, by, first + timedelta(days=15), "five_whys")
    action = _action(
        cast, event, "Formation d’une heure au circuit des tubes", cast.ago(190), cast.ago(60), SAMPLE
    )
    event = closing.submit_plan(event=event, version=None, by=by, on=first + timedelta(days=20))
    event = closing.approve_plan(event=event, version=None, by=by, on=first + timedelta(days=22))
    action = carrying.start_action(action=action, version=None, by=by, on=first + timedelta(days=23))
    action = carrying.finish_action(
        action=action, result="Formation faite, douze présents.", evidence="Feuille d’émargement.", version=None, by=by,
        on=cast.ago(192),
    )  # fmt: skip
    carrying.check_effectiveness(
        action=action, effective=False, comment="Trois bordereaux sur dix hors délai : le coursier part avant.",
        figures=figures_at(action, on=cast.ago(55)), version=None, by=by, on=cast.ago(55),
    )  # fmt: skip


def serious_breach(cast: Cast) -> None:
    """Tell of a suspected serious breach in a trial of the central sponsor: seven calendar days run."""
    house = Organization.objects.filter(kind=Organization.Kind.CENTRAL_FUNCTION).order_by("code").first()
    if house is None:
        return
    study = (
        Study.objects.filter(sponsor=house, category=Category.CTR, is_confidential=False)
        .order_by("pk")
        .first()
    )
    day = cast.ago(3)
    event = _reported(
        cast, house.code, "Dose doublée chez un participant, vue à la relecture.", day, "serious", study
    )
    event = _sorted(
        cast, event, "treatment", "Effet possible sur la sécurité.", day, kind="deviation" if study else ""
    )
    triage.answer_breach(
        event=event, answer="suspected", reason="Sécurité d’un participant en jeu ; analyse en cours.", version=None,
        by=cast.by, at=at(day, 11),
    )  # fmt: skip


def lately(cast: Cast) -> None:
    """Give the leading house what waits on its people’s day: reports, one joined to another, one to be done outside."""
    staff, manager = cast.account("research_staff"), cast.account("quality_manager")
    one = _reported(cast, LEADING, "Tubes arrivés au laboratoire sans étiquette.", cast.ago(6), by=staff)
    two = _reported(
        cast, LEADING, "Trois tubes non étiquetés ce matin au laboratoire.", cast.ago(5), by=staff
    )
    triage.merge_event(event=two, into=one, version=None, by=manager, on=cast.ago(4))
    messages.answer_declarer(
        event=one, text="Bien reçu : le laboratoire est prévenu.", by=manager, on=cast.ago(4)
    )
    leak = _reported(
        cast, LEADING, "Courriel avec une liste de codes envoyé au mauvais promoteur.", cast.ago(2), by=staff
    )
    reporting.answer_routing(
        event=leak, channel="data_leak", external_number="", by=cast.by, at=at(cast.ago(2), 10)
    )
    duty = leak.obligations.get(code="tell_dpo")
    obligations.meet_obligation(
        obligation=duty, met_at=at(cast.ago(2), 11), reference="Courriel au DPO", version=None, by=manager,
        at=at(cast.ago(2), 12),
    )  # fmt: skip


def _reported(
    cast: Cast,
    code: str,
    text: str,
    day: date,
    consequence: str = "annoying",
    study: Study | None = None,
    by: Any = None,
) -> QualityEvent:
    report = reporting.Report(text, consequence, cast.houses[code], study=study)
    declarer = by or cast.account("research_staff", code)
    return reporting.report_event(report=report, by=declarer, at=at(day), on=day)


def _sorted(
    cast: Cast,
    event: QualityEvent,
    category: str,
    reason: str,
    day: date,
    *,
    kind: str = "",
    repeated: bool = False,
) -> QualityEvent:
    decision = triage.Sorted(
        kind or "nonconformity", "major", reason, event.organization, category=category, repeated=repeated,
        process="Conduire les études",
    )  # fmt: skip
    by = cast.account("quality_manager", event.organization.code)
    return triage.triage_event(event=event, decision=decision, version=None, by=by, on=day)


def _analysed(event: QualityEvent, whys: list[analysis.Why], by: Any, day: date, method: str) -> QualityEvent:
    event = analysis.record_causes(
        event=event, method=method, analysis="Analyse en comité de retour d’expérience.", whys=whys, version=None,
        by=by, on=day,
    )  # fmt: skip
    return analysis.confirm_causes(event=event, version=None, by=by, on=day)


SAMPLE: Final = ("sample", "Dix bordereaux de congélation tirés au sort, tous dans le délai")


def _action(
    cast: Cast, event: QualityEvent, title: str, due: date, check: date, judged: tuple[str, str] | None = None
) -> Action:
    owner = cast.persons.get(("process_owner", event.organization.code))
    owner = owner or cast.persons.get(("quality_manager", event.organization.code))
    criterion = planning.Criterion(
        "recurrence", "Moins de quatre par mois, trois mois de suite", check, None, "<", Decimal(4), 3
    )
    if judged is not None:
        criterion = planning.Criterion(*judged, check)
    draft = planning.Draft(
        event.organization, "corrective", title, due, owner, origin=event.subject, origin_label=event.title,
        criterion=criterion,
    )  # fmt: skip
    by = cast.account("quality_manager", event.organization.code)
    return planning.open_action(draft=draft, by=by, on=event.triaged_on or due)
