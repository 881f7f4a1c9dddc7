"""Check that a list of events kept elsewhere comes in whole: 150 rows, nine bad ones named, none half-written."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from diapason.audit_trail.models import Entry
from diapason.improvement.quality_events.acts.reporting import take_over_events
from diapason.improvement.quality_events.forms.taking_over import Known, columns, event_from
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.verdicts import Refused
from diapason.ui.spreadsheets.raw import rows_of_file
from diapason.ui.spreadsheets.reading import read

from .conftest import ON

pytestmark = pytest.mark.django_db
HEAD = "N°;Description;Type;Thème;Gravité;Survenu le;Connu le;Déclaré le;État;Clos le\n"
BAD = {
    12: ";;nonconformity;;;;;2025-02-03;;",  # nothing happened
    30: "X-30;Classeur absent;licorne;;;;;2025-02-03;;",
    45: "X-45;Classeur absent;nonconformity;;;;;hier;;",
    46: "X-46;Classeur absent;nonconformity;;;2025-02-10;2025-02-03;2025-02-12;;",
    70: "X-70;Classeur absent;nonconformity;;mineure;;;2025-02-03;closed;",
    71: "X-71;Classeur absent;nonconformity;;mineure;;;2025-02-03;closed;2025-01-01",
    99: "X-02;Doublon du numéro;nonconformity;;;;;2025-02-03;;",
    120: "X-120;Classeur absent;nonconformity;;;;;2027-02-03;;",
    150: "X-150;Classeur absent;nonconformity;;;;;2025-02-03;triaged;",
}
"""Row as it is counted without the header → its bad line."""


def good(number: int) -> str:
    """Return a good line; every third event is closed."""
    if number % 3:
        category = "Consentement (version, date, signature)"
        told = f"Fait numéro {number}. Suite du récit."
        return f"X-{number:02d};{told};nonconformity;{category};;2025-01-05;;2025-02-03;;"
    return (
        f"X-{number:02d};Fait numéro {number}.;Non-conformité;consent;majeure;;;2025-02-03;closed;2025-06-20"
    )


TABLE = HEAD + "\n".join(BAD.get(number, good(number)) for number in range(1, 151))


def signed_in(account: Any) -> Client:
    """Return a client of that account."""
    client = Client(headers={"accept-language": "fr"})
    client.force_login(account)
    return client


def confirmed(client: Client, table: str = TABLE, **more: str) -> Any:
    """Give a table, then confirm what was shown."""
    url = reverse("quality_events:take_over")
    shown = client.post(url, {"pasted": table})
    taking = shown.context["taking"]
    if not taking.good:
        return shown
    return client.post(url, {"packed": taking.packed, "seal": taking.seal, **more})


def test_of_150_rows_141_come_in_and_nine_are_named(people: Any) -> None:
    client = signed_in(people.manager)
    shown = client.post(reverse("quality_events:take_over"), {"pasted": TABLE})
    reading = shown.context["taking"].reading
    assert (len(reading.good), reading.faulty_rows) == (141, 9)
    assert sorted({fault.number for fault in reading.faults}) == sorted(number + 1 for number in BAD)
    columns_named = {fault.number - 1: fault.column for fault in reading.faults}
    assert columns_named == {
        12: "What happened", 30: "Kind", 45: "Reported on", 46: "Aware on", 70: "Closed on", 71: "Closed on",
        99: "External number", 120: "Reported on", 150: "Severity",
    }  # fmt: skip
    assert not QualityEvent.objects.exists()
    assert confirmed(client).status_code == 302
    assert QualityEvent.objects.count() == 141


def test_what_came_in_keeps_state_days_and_number(people: Any, network: Any) -> None:
    confirmed(signed_in(people.manager))
    closed = QualityEvent.objects.get(external_number="X-03")
    assert (closed.state, closed.closed_on, closed.severity, closed.category) == (
        "closed", date(2025, 6, 20), "major", "consent")  # fmt: skip
    assert closed.number.startswith("EV-ALP-2025-") and closed.organization == network.alpha
    opened = QualityEvent.objects.get(external_number="X-01")
    assert (opened.state, opened.title, opened.occurred.earliest) == (
        "reported", "Fait numéro 1", date(2025, 1, 5))  # fmt: skip
    facts = json.loads(Entry.objects.latest("number").statement)["facts"]
    assert len(facts) == 142 and facts[-1]["values"]["count"] == 141
    page = signed_in(people.manager).get(closed.get_absolute_url()).content.decode()
    assert "X-03" in page and "Repris d’une autre liste" in page


def test_the_same_file_again_takes_nothing_and_says_as_what_each_row_is_known(people: Any) -> None:
    client = signed_in(people.manager)
    confirmed(client)
    again = client.post(reverse("quality_events:take_over"), {"pasted": TABLE})
    reading = again.context["taking"].reading
    assert reading.good == [] and reading.faulty_rows == 150
    known = {
        fault.number: fault.parameters["number"] for fault in reading.faults if "number" in fault.parameters
    }
    assert len(known) == 142  # the row with the number of another, too
    assert known[2] == QualityEvent.objects.get(external_number="X-01").number
    assert "déjà repris sous le numéro" in again.content.decode()
    assert QualityEvent.objects.count() == 141


def test_rows_without_a_number_are_known_by_their_words_and_day(people: Any) -> None:
    client = signed_in(people.manager)
    table = "Description\tDéclaré le\nUn classeur manque\t03/02/2025"
    assert confirmed(client, table).status_code == 302
    assert confirmed(client, table).context["taking"].reading.faulty_rows == 1
    assert QualityEvent.objects.count() == 1


def test_what_is_confirmed_is_what_was_shown(people: Any) -> None:
    client = signed_in(people.manager)
    shown = client.post(reverse("quality_events:take_over"), {"pasted": TABLE}).context["taking"]
    other = client.post(reverse("quality_events:take_over"), {"pasted": HEAD + good(2)}).context["taking"]
    refused = client.post(reverse("quality_events:take_over"), {"packed": shown.packed, "seal": other.seal})
    assert refused.status_code == 200 and not QualityEvent.objects.exists()


def test_nothing_is_half_written_when_a_row_came_in_meanwhile(people: Any, network: Any) -> None:
    known = Known.of(network.alpha, people.manager, ON)
    rows = read(rows_of_file((HEAD + good(1) + "\n" + good(2)).encode()), columns(), known.check).good
    take_over_events(
        rows=[event_from(rows[0].values, known)], organization=network.alpha, by=people.manager, on=ON)  # fmt: skip
    with pytest.raises(Refused, match="meanwhile"):
        take_over_events(
            rows=[event_from(row.values, known) for row in reversed(rows)],
            organization=network.alpha, by=people.manager, on=ON,
        )  # fmt: skip
    assert QualityEvent.objects.count() == 1


def test_data_of_participants_are_asked_about_before_anything_is_kept(people: Any) -> None:
    client = signed_in(people.manager)
    table = (
        HEAD
        + "X-1;M. Dupont né le 12/03/1951, NSS 1 51 03 75 116 003 50, a signé;nonconformity;;;;;2025-02-03;;"
    )
    url = reverse("quality_events:take_over")
    shown = client.post(url, {"pasted": table}).context["taking"]
    assert shown.reading.doubts
    data = {"packed": shown.packed, "seal": shown.seal}
    assert client.post(url, data).status_code == 200 and not QualityEvent.objects.exists()
    assert client.post(url, {**data, "kept_as_typed": "on"}).status_code == 302


def test_the_model_is_read_back_and_its_example_passed_over(people: Any) -> None:
    client = signed_in(people.manager)
    book = client.get(reverse("quality_events:model")).content
    upload = SimpleUploadedFile("modele.xlsx", book)
    shown = client.post(reverse("quality_events:take_over"), {"file": upload})
    reading = shown.context["taking"].reading
    assert reading.good == [] and reading.faults == [] and reading.ignored == []
    assert io.BytesIO(book).read(2) == b"PK"


def test_only_whoever_sorts_there_takes_events_over(people: Any, network: Any) -> None:
    for other in (people.staff, people.owner):
        client = signed_in(other)
        assert client.get(reverse("quality_events:taking_over")).status_code == 403
        assert client.post(reverse("quality_events:take_over"), {"pasted": TABLE}).status_code == 403
    elsewhere = signed_in(people.elsewhere)
    assert elsewhere.get(reverse("quality_events:taking_over"), {"organization": "ALP"}).status_code == 404
    with pytest.raises(Refused, match="sorts"):
        take_over_events(rows=[], organization=network.alpha, by=people.elsewhere, on=ON)
