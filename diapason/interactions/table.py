"""Hold the table: when this happens, that follows. The order is the order in which rows run."""

from diapason.certification.certificates.facts.certificates import CertificateRecorded, CertificateRenewed
from diapason.improvement.action_plan.facts.carrying import ActionFinished, ActionFoundNotEffective
from diapason.improvement.action_plan.facts.planning import ActionOpened
from diapason.improvement.quality_events.facts.mending import QualityEventClosed
from diapason.interactions.consequences import (
    follow_gap,
    look_for_causes_again,
    note_adoption,
    propose_a_lesson,
    reach_decision,
    refresh_figures,
)
from diapason.interactions.rows import When
from diapason.kernel.words import message
from diapason.operation.registry_imports.facts import RegistryImportEnded

INTERACTIONS: list[When] = [
    When(
        CertificateRecorded,
        then=reach_decision,
        clause="ISO 9001 § 6.2",
        happens=message("A certificate is recorded"),
        follows=message("The decision that the programme waited for is marked as reached"),
        must=True,
    ),
    When(
        CertificateRenewed,
        then=refresh_figures,
        clause="ISO 9001 § 9.1.1",
        happens=message("A certificate is renewed"),
        follows=message("The figures of the year are computed again"),
    ),
    When(
        RegistryImportEnded,
        then=refresh_figures,
        clause="ISO 9001 § 9.1.1",
        happens=message("An import of a register ends"),
        follows=message("The figures of the year are computed again"),
    ),
    When(
        ActionFoundNotEffective,
        then=look_for_causes_again,
        clause="ISO 9001 § 10.2.1 d",
        happens=message("An action is found not effective"),
        follows=message("The event that asked for it goes back to its causes, its history kept"),
        must=True,
    ),
    When(
        QualityEventClosed,
        then=propose_a_lesson,
        clause="ISO 9001 § 10.3",
        happens=message("An event is closed that would help others"),
        follows=message("The draft of a lesson waits for its organization"),
        must=True,
    ),
    When(
        ActionFinished,
        then=note_adoption,
        clause="ISO 9001 § 10.3",
        happens=message("An action by which a lesson was adopted is done"),
        follows=message("The lesson counts as carried out there"),
        must=True,
    ),
    When(
        ActionOpened,
        then=follow_gap,
        clause="ISO 9001 § 6.1, § 10.2.1",
        happens=message("An action is planned for a gap of the self-assessment"),
        follows=message("The gap names the action, and is as late as it is"),
        must=True,
    ),
]
