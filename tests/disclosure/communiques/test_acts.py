"""What may be done with a communiqué."""

from datetime import date
from typing import Any

import pytest

from diapason.audit_trail.models import EntrySubject
from diapason.context.indicators.acts import freeze_edition, sign_figure
from diapason.context.indicators.models import Figure
from diapason.disclosure.communiques import acts, queries
from diapason.disclosure.communiques.models import ChosenFigure, Communique
from diapason.disclosure.communiques.queries import Milestone
from diapason.kernel.dates import PartialDate
from diapason.kernel.languages import Bilingual
from diapason.kernel.verdicts import Conflict, Refused
from tests.disclosure.communiques.conftest import BY

pytestmark = pytest.mark.database
MILESTONE = Milestone("start.x", PartialDate.year(2015), Bilingual("Départ", "Start"), "programme:x")


def facts_of(communique: Communique) -> set[str]:
    return set(EntrySubject.objects.filter(subject=communique.subject).values_list("fact", flat=True))


def test_a_draft_takes_its_number_and_its_choice(draft: Any) -> None:
    made = draft("centres", "phrc_share", milestones=[MILESTONE])
    assert made.number == "CO-NET-2026-0001"
    content = queries.content_of(made)
    assert [one.definition.indicator.code for one in content.figures] == ["centres", "phrc_share"]
    assert [(one.text_en, one.when.precision) for one in content.milestones] == [("Start", "year")]
    assert facts_of(made) == {"CommuniqueDrafted"}


def test_figures_of_another_edition_are_refused(draft: Any, edition: Any, today: date) -> None:
    other = freeze_edition(
        name_fr="x",
        name_en="x",
        figures=[Figure.objects.told().get(key="centres-2017-NET-v1")],
        by=BY,
        on=today,
    )
    with pytest.raises(Refused):
        acts.draft_communique(
            kind="communique", edition=edition, texts={}, figures=queries.figures_of(other), by=BY, on=today
        )
    assert not Communique.objects.exists()


def test_only_the_coordination_and_the_direction_write(
    edition: Any, account: Any, network: Any, today: date
) -> None:
    for role, organization in (("quality_manager", network.alpha), ("funder", None), ("administrator", None)):
        with pytest.raises(Refused):
            acts.draft_communique(
                kind="communique",
                edition=edition,
                texts={},
                figures=[],
                by=account(role, organization),
                on=today,
            )


def test_a_draft_changes_and_an_issued_one_does_not(draft: Any, account: Any, today: date) -> None:
    made, by = draft("centres"), account("network_coordinator")
    figures = queries.figures_of(made.edition)[:2]
    change: dict[str, Any] = {
        "texts": {"title_fr": "Titre"},
        "figures": figures,
        "milestones": [],
        "claims": [],
    }
    edited = acts.edit_communique(communique=made, version=1, by=by, on=today, **change)
    assert (edited.title_fr, ChosenFigure.objects.count()) == ("Titre", 2)
    with pytest.raises(Conflict):
        acts.edit_communique(communique=made, version=1, by=by, on=today, **change)
    acts.issue_communique(communique=made, final=False, version=None, by=by, on=today)
    with pytest.raises(Refused):
        acts.edit_communique(communique=made, version=None, by=by, on=today, **change)
    assert facts_of(made) == {"CommuniqueDrafted", "CommuniqueEdited", "CommuniqueIssued"}


def test_final_waits_for_every_sign_off(draft: Any, account: Any, today: date) -> None:
    by = account("network_coordinator")
    made = draft("centres", "phrc_share")
    with pytest.raises(Refused):
        acts.issue_communique(communique=made, final=True, version=None, by=by, on=today)
    provisional = acts.issue_communique(communique=made, final=False, version=None, by=by, on=today)
    assert provisional.state == "provisional"
    share = Figure.objects.told().get(key="phrc_share-2017-NET-v1")
    sign_figure(figure=share, fingerprint=share.fingerprint, version=None, by=BY, on=today)
    final = acts.issue_communique(communique=made, final=True, version=None, by=by, on=today)
    assert (final.state, final.dated_on) == ("final", today)
    with pytest.raises(Refused):
        acts.issue_communique(communique=made, final=True, version=None, by=by, on=today)


def test_an_incomplete_figure_never_becomes_final(draft: Any, today: date) -> None:
    with pytest.raises(Refused):
        acts.issue_communique(
            communique=draft("patients_per_year"), final=True, version=None, by=BY, on=today
        )


def test_withdrawn_with_its_reason(draft: Any, account: Any, today: date) -> None:
    made = draft("centres")
    with pytest.raises(Refused):
        acts.withdraw_communique(communique=made, reason="x", version=None, by=account("funder"), on=today)
    gone = acts.withdraw_communique(communique=made, reason="Erreur de date", version=1, by=BY, on=today)
    assert (gone.state, gone.withdrawn_because) == ("withdrawn", "Erreur de date")
    assert "CommuniqueWithdrawn" in facts_of(made)
    with pytest.raises(Refused):
        acts.withdraw_communique(communique=made, reason="x", version=None, by=BY, on=today)
