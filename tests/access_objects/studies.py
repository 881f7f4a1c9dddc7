"""Make studies and imports."""

from datetime import date

from diapason.audit_trail.acts import automaton
from diapason.context.studies.acts import register_studies
from diapason.context.studies.models import Study
from diapason.context.studies.rules.drafts import StudyDraft
from diapason.context.studies.rules.history import StatusDraft
from diapason.kernel.dates import PartialDate
from diapason.operation.registry_imports.models import ImportProgress, ImportRun
from tests.access_world import NETWORK, Target, World

SINCE = StatusDraft("recruiting", PartialDate.day(date(2016, 3, 1)))


def study_of(world: World, place: str):
    """Return a study sponsored there; that of the network is sponsored outside and stands in a public register."""
    organization = world.organization(place)
    draft = StudyDraft(
        key=f"ET-{world.number()}",
        acronym=f"MARCHE-{place}",
        title_fr=f"Étude {place}",
        statuses=(SINCE,),
        sponsor_id=organization.pk if organization else None,
        sponsor_name="" if organization else "Promoteur extérieur",
    )
    made = register_studies(drafts=[draft], by=automaton("tests"), on=world.today)[0]
    if place == NETWORK:
        world.stage(lambda: Study.objects.filter(pk=made.pk).update(is_public=True))
    return made


def study(world: World, place: str) -> Target:
    """Open a study, or change it."""
    made = study_of(world, place)
    holder = world.organization(place)
    data = {"version": made.version, "reason": "a reason", "status": "recruiting", "since": "2016-04-01"}
    return Target({"key": made.key}, data | ({"holder": holder.pk} if holder else {}))


def run(world: World, place: str) -> Target:
    """Open an import that waits to be confirmed."""

    def build() -> ImportRun:
        return ImportRun.objects.create(
            number=f"IM-NET-2026-{world.number():04d}",
            file_name="download.json",
            file_digest="0" * 64,
            opened_on=world.today,
            opened_by="automaton:tests",
            state=ImportRun.State.PREVIEWED,
        )

    made = world.stage(build)
    ImportProgress.objects.create(run=made)
    return Target({"number": made.number}, {"digest": made.file_digest, "version": made.version})


OBJECTS = {
    "studies:study": study,
    "studies:correction": study,
    "studies:correct": study,
    "studies:status": study,
    "studies:record_status": study,
    "studies:confidentiality": study,
    "studies:set_confidentiality": study,
    "enrolment:entry": study,
    "enrolment:record": study,
    "registry_imports:import": run,
    "registry_imports:confirm": run,
    "registry_imports:cancel": run,
    "registry_imports:refused": run,
    "registry_imports:refused_csv": run,
}
