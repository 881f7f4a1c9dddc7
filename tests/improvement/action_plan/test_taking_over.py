"""Check that a list of actions kept elsewhere comes in whole: 150 rows, nine bad ones named, none half-written."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from diapason.audit_trail.models import Entry
from diapason.context.people.models import Person
from diapason.improvement.action_plan.acts.planning import take_over_actions
from diapason.improvement.action_plan.forms.taking_over import by_address_and_name
from diapason.improvement.action_plan.models import Action
from diapason.kernel.verdicts import Refused

from .conftest import ON

pytestmark = pytest.mark.django_db
HEAD = "N°;Action;Type;Statut;Pilote;Échéance;Réalisée le;Critère;Efficacité vérifiée le\n"
BAD = {
    3: "A-3;;corrective;planned;;2025-09-30;;;",
    20: "A-20;Ranger;licorne;planned;;2025-09-30;;;",
    21: "A-21;Ranger;corrective;planned;;bientôt;;;",
    40: "A-40;Ranger;corrective;planned;inconnu@example.org;2025-09-30;;;",
    41: "A-41;Ranger;corrective;done;;2025-09-30;;;",
    60: "A-60;Ranger;corrective;effective;;2025-09-30;2025-09-01;;",
    61: "A-61;Ranger;corrective;effective;;2025-09-30;2025-09-01;;2025-08-01",
    80: "A-01;Ranger deux fois;corrective;planned;;2025-09-30;;;",
    100: "A-100;Ranger;correction;cancelled;;2025-09-30;;;",
}


def signed_in(account: Any) -> Client:
    """Return a client of that account."""
    client = Client(headers={"accept-language": "fr"})
    client.force_login(account)
    return client


@pytest.fixture
def table(people: Any) -> str:
    """Return 150 rows, nine of them bad."""
    mail = people.owner.person.email

    def good(number: int) -> str:
        if number % 2:
            return f"A-{number:02d};Action numéro {number};Action corrective;Prévue;{mail};30/09/2025;;;"
        days = "30/09/2025;01/09/2025;Zéro écart;05/01/2026"
        return f"A-{number:02d};Action numéro {number};corrective;effective;;{days}"

    return HEAD + "\n".join(BAD.get(number, good(number)) for number in range(1, 151))


def confirmed(client: Client, table: str) -> Any:
    """Give a table, then confirm what was shown."""
    url = reverse("action_plan:take_over")
    shown = client.post(url, {"pasted": table})
    taking = shown.context["taking"]
    return client.post(url, {"packed": taking.packed, "seal": taking.seal}) if taking.good else shown


def test_of_150_rows_141_come_in_and_nine_are_named(people: Any, table: str) -> None:
    client = signed_in(people.manager)
    reading = client.post(reverse("action_plan:take_over"), {"pasted": table}).context["taking"].reading
    assert (len(reading.good), reading.faulty_rows) == (141, 9), [fault.text for fault in reading.faults]
    assert {fault.number - 1: fault.column for fault in reading.faults} == {
        3: "Action", 20: "Kind", 21: "Due on", 40: "Carried by (e-mail or name)", 41: "Done on", 60: "Checked on",
        61: "Checked on", 80: "External number", 100: "Given up because",
    }  # fmt: skip
    assert not Action.objects.exists()
    assert confirmed(client, table).status_code == 302
    assert Action.objects.count() == 141
    facts = json.loads(Entry.objects.latest("number").statement)["facts"]
    assert len(facts) == 142 and facts[-1]["values"]["count"] == 141


def test_what_came_in_keeps_owner_state_and_number(people: Any, table: str) -> None:
    confirmed(signed_in(people.manager), table)
    planned = Action.objects.get(external_code="A-01")
    assert (planned.state, planned.owner, planned.due_on) == (
        "planned",
        people.owner.person,
        date(2025, 9, 30),
    )
    proven = Action.objects.get(external_code="A-02")
    assert (proven.state, proven.done_on, proven.checked_on, proven.criterion_text) == (
        "effective", date(2025, 9, 1), date(2026, 1, 5), "Zéro écart")  # fmt: skip
    assert (
        "Reprise d’une autre liste"
        in signed_in(people.manager).get(proven.get_absolute_url()).content.decode()
    )


def test_the_same_file_again_takes_nothing_and_says_as_what_each_row_is_known(
    people: Any, table: str
) -> None:
    client = signed_in(people.manager)
    confirmed(client, table)
    again = confirmed(client, table)
    assert again.context["taking"].reading.good == [] and Action.objects.count() == 141
    assert (
        f"déjà repris sous le numéro {Action.objects.get(external_code='A-02').number}"
        in again.content.decode()
    )


def test_a_corrective_action_done_without_a_criterion_says_that_none_was_fixed(people: Any) -> None:
    row = "A-1;Ranger;corrective;done;;2026-09-30;2026-09-01;;"
    confirmed(signed_in(people.manager), HEAD + row)
    action = Action.objects.get()
    assert "Aucun n’avait été fixé" in action.criterion_text and action.check_due_on == date(2026, 12, 29)


def test_two_tabs_do_not_take_the_same_rows_over_twice(people: Any, table: str, network: Any) -> None:
    client, url = signed_in(people.manager), reverse("action_plan:take_over")
    confirmed(client, table)
    twin = Action(
        kind="correction", title="x", external_code="A-02", opened_on=ON, due_on=ON, first_due_on=ON
    )
    other = Action(
        kind="correction", title="y", external_code="Z-1", opened_on=ON, due_on=ON, first_due_on=ON
    )
    with pytest.raises(Refused, match="meanwhile"):
        take_over_actions(rows=[other, twin], organization=network.alpha, by=people.manager, on=ON)
    assert Action.objects.count() == 141 and client.get(url).status_code == 405


def test_the_model_is_read_back_and_its_example_passed_over(people: Any) -> None:
    client = signed_in(people.manager)
    book = SimpleUploadedFile("modele.xlsx", client.get(reverse("action_plan:model")).content)
    reading = client.post(reverse("action_plan:take_over"), {"file": book}).context["taking"].reading
    assert reading.good == [] and reading.faults == [] and reading.ignored == []


def test_only_whoever_keeps_the_plan_takes_actions_over(people: Any) -> None:
    client = signed_in(people.staff)
    assert client.get(reverse("action_plan:taking_over")).status_code == 403
    assert client.post(reverse("action_plan:take_over"), {"pasted": HEAD}).status_code == 403
    assert client.get(reverse("action_plan:model")).status_code == 403
    elsewhere = signed_in(people.elsewhere)
    assert elsewhere.get(reverse("action_plan:taking_over"), {"organization": "ALP"}).status_code == 404


def test_an_owner_is_known_by_name_in_either_order(people: Any) -> None:
    person = people.owner.person
    names = [f"{person.given_name} {person.family_name}", f"{person.family_name.upper()} {person.given_name}"]
    lines = [
        f"A-{place};Ranger {place};corrective;planned;{name};2026-12-30;;;"
        for place, name in enumerate(names)
    ]
    confirmed(signed_in(people.manager), HEAD + "\n".join(lines))
    assert [action.owner for action in Action.objects.order_by("external_code")] == [person, person]


def test_a_name_that_two_bear_is_not_guessed() -> None:
    people = [
        Person(given_name="Anne", family_name="Le Goff", email=f"{place}@example.org") for place in range(2)
    ]
    found = by_address_and_name(people)
    assert found["anne le goff"] is None and found["1@example.org"] is people[1]
