"""Show that the texts of a house leave it in no trail, no export and no proof, and that the house reads them itself."""

import json
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from diapason.audit_trail import heads, openings, reactions, stories
from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.models import Entry, Opening
from diapason.audit_trail.triggers import drop, install
from diapason.audit_trail.verify import verify
from diapason.improvement.quality_events.acts import reporting, triage
from diapason.improvement.quality_events.facts.triage import EventRectified
from diapason.improvement.quality_events.models import QualityEvent
from tests.audit_trail import forge

pytestmark = [pytest.mark.django_db, pytest.mark.database]
VERIFIER = forge.verifier()
DAY, AT = date(2026, 11, 23), datetime(2026, 11, 23, 9, tzinfo=UTC)
TEXT, PLACE, REASON = "Zéphirine oubliée au réfrigérateur.", "Couloir Zéphir", "Zéphir, troisième fois"


def reported(house: Any, account: Any, text: str = TEXT) -> QualityEvent:
    """Return an event of a house, reported and sorted, its words never said anywhere else."""
    report = reporting.Report(text, "annoying", house, where_text=PLACE)
    event = reporting.report_event(report=report, by=account("research_staff", house), at=AT, on=DAY)
    decision = triage.Sorted("nonconformity", "minor", REASON, house, category="consent")
    by = account("quality_manager", house)
    return triage.triage_event(event=event, decision=decision, version=None, by=by, on=DAY)


@pytest.fixture
def event(network: Any, account: Any) -> QualityEvent:
    """Return an event of the first house."""
    return reported(network.alpha, account)


def taken(client: Any) -> bytes:
    """Return the trail as somebody takes it away."""
    answer = client.post(reverse("trail:export"))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def checked(tmp_path: Any, raw: bytes) -> list[str]:
    """Return what the stand-alone verifier says of an export."""
    path = tmp_path / "export.jsonl"
    path.write_bytes(raw)
    said: list[str] = VERIFIER.check_trail(path)
    return said


def test_the_export_for_an_outsider_holds_no_word_of_it(event: QualityEvent, tmp_path: Any) -> None:
    path = tmp_path / "trail.jsonl"
    call_command("export_trail", str(path), stdout=StringIO())
    raw = path.read_text(encoding="utf-8")
    assert event.number in raw and "EventTriaged" in raw, "the acts are there, whole"
    assert "phir" not in raw
    assert VERIFIER.check_trail(path) and verify().faults == []


def test_a_house_takes_its_own_words_and_of_the_others_only_hashes(
    event: QualityEvent, network: Any, account: Any, client_as: Any, tmp_path: Any
) -> None:
    other = reported(network.beta, account, "Quetzal égaré.")
    own, theirs, all_of_us = (
        taken(client_as("quality_manager", network.alpha)),
        taken(client_as("quality_manager", network.beta)),
        taken(client_as("network_coordinator")),
    )
    assert TEXT.encode() in own and b"Quetzal" not in own and other.number.encode() not in own
    assert "Quetzal égaré.".encode() in theirs and TEXT.encode() not in theirs
    assert b"phir" not in all_of_us and b"Quetzal" not in all_of_us and other.number.encode() not in all_of_us
    for raw in (own, theirs, all_of_us):
        said = checked(tmp_path, raw)
        lines = [line for line in raw.splitlines() if line.startswith((b'{"act":', b'{"leaf":'))]
        assert said[0].startswith(f"{len(lines)} entrées intactes") and "par leur empreinte seule" in said[2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"value":"Z', b'"value":"z'),
        (b'{"leaf":"', b'{"leaf": "'),
        (b'"to_state":"triaged"', b'"to_state":"closed"'),
    ],
)
def test_whoever_changes_a_word_of_it_is_found(
    event: QualityEvent, client_as: Any, network: Any, tmp_path: Any, old: bytes, new: bytes
) -> None:
    raw = taken(client_as("quality_manager", network.alpha))
    assert old in raw
    with pytest.raises(VERIFIER.Wrong):
        checked(tmp_path, raw.replace(old, new, 1))


def test_a_value_that_no_statement_holds_is_refused(
    event: QualityEvent, client_as: Any, network: Any, tmp_path: Any
) -> None:
    raw = taken(client_as("quality_manager", network.alpha))
    checked(tmp_path, raw)
    with pytest.raises(VERIFIER.Wrong, match="n’est pas dans la piste"):
        checked(tmp_path, raw + forge.canonical(forge.OPENING) + b"\n")
    last = raw.splitlines(keepends=True)[-1]
    with pytest.raises(VERIFIER.Wrong, match="mal placé"):
        checked(tmp_path, raw + last)
    first, rest = raw.split(b"\n", 1)
    with pytest.raises(VERIFIER.Wrong):
        checked(tmp_path, first + b"\n" + last + rest)


def test_a_closed_entry_cannot_stand_for_another(
    event: QualityEvent, client_as: Any, network: Any, tmp_path: Any
) -> None:
    lines = taken(client_as("quality_manager", network.alpha)).splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith(b'{"leaf":'))
    lines[place] = forge.canonical({"leaf": "0" * 64}) + b"\n"
    with pytest.raises(VERIFIER.Wrong):
        checked(tmp_path, b"".join(lines))


def test_the_house_reads_its_texts_in_its_trail_and_others_read_that_they_are_kept(
    event: QualityEvent, network: Any, account: Any, client_as: Any
) -> None:
    entry = Entry.objects.latest("number")
    assert REASON not in entry.statement
    url = reverse("trail:entry", args=[entry.number])
    page = client_as("quality_manager", network.alpha).get(url).content.decode()
    assert REASON in page and "texte réservé à l’organisme" not in page
    own, other = account("quality_manager", network.alpha), account("quality_manager", network.beta)
    assert REASON in stories.told([entry], user=own)[0].sentences[0]
    assert "réservé" in stories.told([entry], user=other)[0].sentences[0]
    assert not any("phir" in part.new for part in stories.told([entry], user=other)[0].changes)
    assert REASON in stories.story_of(event.subject, user=own)[0][0].sentences[0]


def test_a_proof_opens_the_texts_to_their_house(
    event: QualityEvent, network: Any, client_as: Any, tmp_path: Any
) -> None:
    url = reverse("trail:proof", args=[Entry.objects.latest("number").number])
    heads.sign_head("test")
    answer = client_as("quality_manager", network.alpha).post(url)
    path = tmp_path / "proof.json"
    path.write_bytes(answer.content)
    assert REASON.encode() in answer.content and VERIFIER.check_proof(path)
    assert client_as("network_coordinator").post(url).status_code == 404
    certifier = client_as("external_certifier", network.alpha).post(url)
    assert certifier.status_code == 200


def test_a_text_changed_behind_the_trail_is_found(event: QualityEvent) -> None:
    assert verify().faults == []
    drop()
    QualityEvent.objects.filter(pk=event.pk).update(description="Rien ne s’est passé.")
    install()
    assert "is not what the trail says" in str(verify().faults[0])


def test_a_text_changed_behind_the_trail_and_then_by_an_act_is_found(event: QualityEvent) -> None:
    drop()
    QualityEvent.objects.filter(pk=event.pk).update(description="Rien ne s’est passé.")
    install()
    rewritten(event=event, by=automaton("test"), text="Vraiment rien.")
    assert "the old value" in str(verify().faults[0])


def test_what_opens_a_text_that_still_stands_is_not_taken_away_unseen(event: QualityEvent) -> None:
    Opening.objects.all().delete()
    assert any("was taken away" in str(fault) for fault in verify().faults)


def test_what_is_kept_behind_a_commitment_cannot_be_rewritten(event: QualityEvent) -> None:
    Opening.objects.filter(value__contains="phir").update(value='"Rien."')
    assert any("behind a commitment" in str(fault) for fault in verify().faults)


def test_a_job_goes_on_from_the_text_itself(event: QualityEvent) -> None:
    rewritten(event=event, by=automaton("test"), text="Autrement.")
    entry = Entry.objects.latest("number")
    stated = json.loads(entry.statement)["facts"][0]
    assert openings.is_hidden(stated["values"]["reason"])
    fact: Any = reactions.rebuilt(openings.opened_fact(stated, entry.number))
    assert fact.reason == "Autrement."


def test_an_entry_stated_before_texts_were_committed_is_read_as_it_stands(event: QualityEvent) -> None:
    entry = Entry.objects.latest("number")
    plain = entry.statement
    for commitment, value in openings.of(entry).items():
        plain = plain.replace(
            forge.canonical({"commitment": commitment}).decode(), json.dumps(value, ensure_ascii=False)
        )
    old = Entry(
        number=entry.number, act=entry.act, at=entry.at, recorded_at=entry.recorded_at, statement=plain
    )
    assert REASON in stories.told([old], user=None)[0].sentences[0]


@act
def rewritten(*, event: QualityEvent, by: Any, text: str) -> None:
    """Change the text of an event."""
    QualityEvent.objects.filter(pk=event.pk).update(description=text)
    record(EventRectified(subject=event.subject, organization="ALP", reason=text), by=by)
