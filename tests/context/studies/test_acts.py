"""Studies are registered, corrected, hidden; each act changes, records, and refuses with its reason."""

from datetime import date

import pytest

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry, EntrySubject
from diapason.context.network.rules import BadIdentifier
from diapason.context.studies import acts
from diapason.context.studies.models import InvestigatorSite, Study
from diapason.context.studies.rules.drafts import SiteDraft, StudyDraft
from diapason.context.studies.rules.history import StatusDraft
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Conflict, Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def last_facts(study: Study) -> list[str]:
    return list(
        EntrySubject.objects.filter(subject=study.subject).order_by("pk").values_list("fact", flat=True)
    )


def test_a_study_is_registered_by_hand(account, network, today) -> None:
    by = account("sponsor_project_manager", network.alpha)
    draft = StudyDraft(
        title_fr="Étude Orion", acronym="ORION", sponsor_id=network.alpha.pk,
        identifiers=(("id_rcb", "2018 a01234 51"),),
        statuses=(StatusDraft("recruiting", PartialDate.month(2020, 5)),),
    )  # fmt: skip
    study = acts.register_study(draft=draft, organization=network.alpha, by=by, on=today)
    assert study.key == "2018-A01234-51"
    assert (study.status, study.sort_key) == ("recruiting", "orion")
    assert last_facts(study) == ["StudyRegistered"]
    assert Entry.objects.order_by("-number")[0].organization == "ALP"


def test_a_study_without_a_public_number_gets_ours(account, network, today) -> None:
    by = account("sponsor_project_manager", network.alpha)
    study = acts.register_study(
        draft=StudyDraft(title_fr="Étude"), organization=network.alpha, by=by, on=today
    )
    assert study.key == "ET-ALP-2026-0001"


def test_registering_refuses_with_a_reason(account, network, today, study) -> None:
    study("VEGA", identifiers=(("nct", "NCT01234567"),))
    by = account("sponsor_project_manager", network.alpha)
    taken = StudyDraft(title_fr="Étude", identifiers=(("nct", "nct 01234567"),))
    with pytest.raises(Refused, match="NCT01234567"):
        acts.register_study(draft=taken, organization=network.alpha, by=by, on=today)
    with pytest.raises(BadIdentifier):
        bad = StudyDraft(title_fr="Étude", identifiers=(("nct", "NCT1"),))
        acts.register_study(draft=bad, organization=network.alpha, by=by, on=today)
    with pytest.raises(Refused):
        acts.register_study(draft=StudyDraft(title_fr="Étude"), organization=network.beta, by=by, on=today)
    assert Study.objects.count() == 1


def test_no_more_than_a_hundred_studies_an_act(today, db) -> None:
    drafts = [StudyDraft(key=f"ET-{n}", title_fr=f"Étude {n}") for n in range(101)]
    with pytest.raises(ValueError, match="at most 100"):
        acts.register_studies(drafts=drafts, by=automaton("tests"), on=today)
    assert len(acts.register_studies(drafts=drafts[:100], by=automaton("tests"), on=today)) == 100


def test_sites_inside_and_outside(study, outside, network) -> None:
    site = network.alpha.sites.get()
    inside = SiteDraft(organization_id=network.alpha.pk, site_id=site.pk)
    found = study(
        "VEGA",
        sites=(inside, outside("CHU de Lyre"), outside("Klinik", "Harfe", "DE"), outside("chu de lyre")),
    )
    assert (found.site_count, found.site_count_abroad) == (3, 1)
    lyre = InvestigatorSite.objects.get(place__city="Lyre")
    assert (lyre.listings, lyre.is_abroad) == (2, False)


def test_a_correction_is_held_and_needs_its_reason(account, network, today, study) -> None:
    found = study("VEGA", sponsor_id=network.alpha.pk)
    by = account("sponsor_project_manager", network.alpha)
    changes = {"phase": "3", "ends": PartialDate.year(2030), "acronym": "VEGA"}
    corrected = acts.correct_study(
        study=found, changes=changes, reason="Avenant 2", version=1, by=by, on=today
    )
    assert (corrected.phase, corrected.ends_latest, corrected.version) == ("3", date(2030, 12, 31), 2)
    assert corrected.held_fields == ["ends", "phase"]
    assert last_facts(found) == ["StudyRegistered", "StudyCorrected"]
    with pytest.raises(Refused, match="reason"):
        acts.correct_study(study=found, changes=changes, reason=" ", version=2, by=by, on=today)
    with pytest.raises(Conflict):
        acts.correct_study(study=found, changes={"phase": "2"}, reason="x", version=1, by=by, on=today)
    with pytest.raises(Refused):
        other = account("sponsor_project_manager", network.beta)
        acts.correct_study(study=found, changes={"phase": "2"}, reason="x", version=2, by=other, on=today)


def test_a_status_ends_the_one_before(account, network, today, study) -> None:
    found = study("VEGA", sponsor_id=network.alpha.pk)
    by = account("sponsor_project_manager", network.alpha)
    since = PartialDate.day(date(2020, 6, 1))
    found = acts.record_status(
        study=found, status="closed_to_inclusion", since=since, version=1, by=by, on=today
    )
    rows = [(row.status, row.since_on, row.until_on) for row in found.statuses.all()]
    assert rows == [
        ("recruiting", date(2016, 3, 1), date(2020, 6, 1)),
        ("closed_to_inclusion", date(2020, 6, 1), None),
    ]
    assert found.status == "closed_to_inclusion"


def test_a_study_is_hidden_by_its_holder_only(account, network, today, study) -> None:
    found = study("VEGA", sponsor_id=network.alpha.pk)
    by = account("sponsor_project_manager", network.alpha)
    with pytest.raises(Refused):
        acts.set_confidentiality(
            study=found, holder=network.alpha, is_confidential=True, reason="CDA", version=1,
            by=account("network_coordinator", network.beta), on=today,
        )  # fmt: skip
    hidden = acts.set_confidentiality(
        study=found, holder=network.alpha, is_confidential=True, reason="CDA", version=1, by=by, on=today
    )
    assert (hidden.is_confidential, hidden.holder) == (True, network.alpha)
    shown = acts.set_confidentiality(
        study=hidden, holder=None, is_confidential=False, reason="Publiée", version=2, by=by, on=today
    )
    assert (shown.is_confidential, shown.holder) == (False, None)


def test_a_public_study_cannot_be_hidden(account, network, today, study, stage) -> None:
    found = study("VEGA", sponsor_id=network.alpha.pk)
    stage(lambda: Study.objects.update(is_public=True))
    found.refresh_from_db()
    by = account("sponsor_project_manager", network.alpha)
    with pytest.raises(Refused, match="public register"):
        acts.set_confidentiality(
            study=found, holder=network.alpha, is_confidential=True, reason="CDA", version=1, by=by, on=today
        )
