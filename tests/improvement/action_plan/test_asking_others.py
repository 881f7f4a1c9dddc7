"""Check what is asked of others: to look after an action while its owner is away, to check one of another house."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from diapason.audit_trail.models import EntrySubject
from diapason.context.mailing.models import MessageText, OutgoingMessage
from diapason.context.people.models import RoleAssignment
from diapason.improvement.action_plan.acts import inviting, planning
from diapason.improvement.action_plan.forms.handing import DelegateForm
from diapason.improvement.action_plan.models import Action, CheckInvitation
from diapason.improvement.action_plan.queries.people import owners_away, stand_ins_of
from diapason.kernel.verdicts import Refused

from .conftest import ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def as_(account: Any, language: str = "fr") -> Client:
    """Return the browser of that account."""
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def page_of(client: Client, action: Action) -> str:
    """Return the page of the action."""
    return client.get(action.get_absolute_url()).content.decode()


@pytest.fixture
def stand_in(people: Any, account: Any, network: Any) -> Any:
    """Return who stands in for the owner, from today on."""
    return account("process_owner", network.alpha, stands_in_for=people.owner.person)


@pytest.fixture
def asked(people: Any, done: Any) -> CheckInvitation:
    """Return the invitation of another house's quality manager to check an action that is done."""
    return planning.invite_checker(
        action=done(), person=people.elsewhere.person, by=people.manager, on=later(30)
    )


def test_who_stands_in_for_the_owner_is_proposed_first(people: Any, planned: Any, stand_in: Any) -> None:
    action = planned()
    form = DelegateForm(action=action, on=ON)
    groups = list(form.fields["to"].choices)[1:]  # type: ignore[attr-defined]
    assert [key for key, _name in groups[0][1]] == [stand_in.person.pk]
    others = [key for key, _name in groups[1][1]]
    assert people.staff.person.pk in others and stand_in.person.pk not in others
    assert people.owner.person.pk not in others and form.initial["to"] == stand_in.person.pk


def test_without_a_stand_in_the_people_of_the_house_are_proposed(people: Any, planned: Any) -> None:
    form = DelegateForm(action=planned(), on=ON)
    found = {key for key, _name in form.fields["to"].choices if key}  # type: ignore[attr-defined]
    assert {str(key) for key in found} == {str(people.staff.person.pk), str(people.manager.person.pk)}
    assert not form.initial.get("to")


def test_an_owner_who_is_away_is_said_and_one_tap_hands_it_over(
    people: Any, planned: Any, stand_in: Any
) -> None:
    action, client = planned(), as_(people.manager)
    text = page_of(client, action)
    assert "assure la suppléance" in text and f"Confier à {stand_in.person}" in text
    listed = client.get(reverse("action_plan:actions")).content.decode()
    assert "en absence aujourd’hui" in listed
    sent = {"version": action.version, "to": stand_in.person.pk, "until": action.due_on.isoformat()}
    assert f'name="to" value="{stand_in.person.pk}"' in text and f'value="{sent["until"]}"' in text
    client.post(reverse("action_plan:do", args=[action.number, "delegate"]), sent)
    action.refresh_from_db()
    assert (action.delegate, action.delegated_until) == (stand_in.person, action.due_on)
    assert "assure la suppléance" not in page_of(client, action)
    assert "en absence aujourd’hui" not in client.get(reverse("action_plan:actions")).content.decode()


def test_whoever_may_not_hand_it_over_reads_why(
    people: Any, planned: Any, stand_in: Any, account: Any, network: Any
) -> None:
    action = planned()
    text = page_of(as_(account("internal_auditor", network.alpha)), action)
    if "assure la suppléance" in text:
        assert 'name="until"' not in text and "aria-disabled" in text
    client = as_(people.elsewhere)
    assert client.get(action.get_absolute_url()).status_code == 404


def test_an_owner_who_is_there_or_has_no_deed_to_do_is_not_said_away(
    people: Any, planned: Any, done: Any, stand_in: Any, stage: Any
) -> None:
    ended = done()
    assert "assure la suppléance" not in page_of(as_(people.manager), ended)
    action = planned()
    assert owners_away([action, ended], ON) == {people.owner.person.pk}
    row = RoleAssignment.objects.get(stands_in_for=people.owner.person)
    row.revoked_on = ON
    stage(row.save)
    assert not stand_ins_of(action, ON) and owners_away([action], ON) == set()
    assert "assure la suppléance" not in page_of(as_(people.manager), action)


def test_an_action_without_owner_has_nobody_away(planned: Any) -> None:
    action = planned(owner=None)
    assert not stand_ins_of(action, ON) and owners_away([action], ON) == set()


def test_the_house_ends_an_invitation_and_whoever_was_asked_is_told(people: Any, asked: Any) -> None:
    action, client = asked.action, as_(people.manager)
    assert str(people.elsewhere.person) in page_of(client, action)
    assert "Mettre fin à l’invitation" in page_of(client, action)
    sent = {"version": action.version, "invitation": asked.pk, "reason": "Camille revient lundi."}
    done = client.post(reverse("action_plan:do", args=[action.number, "release"]), sent)
    assert done.url == action.get_absolute_url()
    asked.refresh_from_db()
    assert asked.ended_on is not None
    assert as_(people.elsewhere).get(action.get_absolute_url()).status_code == 404
    told = MessageText.objects.select_related("message").get()
    assert (told.message.recipient, told.message.kind) == (people.elsewhere.email, "check_invitation")
    assert "Camille revient lundi." in told.text and action.number in told.text
    assert action.title not in told.text + told.message.title
    assert EntrySubject.objects.filter(subject=action.subject, fact="CheckerReleased").exists()
    assert "Mettre fin à l’invitation" not in page_of(client, action)


def test_whoever_was_asked_may_decline_and_the_house_is_told(people: Any, asked: Any) -> None:
    action, client = asked.action, as_(people.elsewhere, "en")
    assert "I cannot check it" in page_of(client, action)
    sent = {"version": action.version, "reason": "Audit toute la semaine."}
    done = client.post(reverse("action_plan:do", args=[action.number, "decline"]), sent)
    assert done.url == reverse("action_plan:actions")
    asked.refresh_from_db()
    assert asked.ended_on is not None and client.get(action.get_absolute_url()).status_code == 404
    told = MessageText.objects.select_related("message").get()
    assert told.message.recipient == people.manager.email and "Audit toute la semaine." in told.text
    assert EntrySubject.objects.filter(subject=action.subject, fact="CheckDeclined").exists()


def test_inviting_writes_to_the_one_invited_without_the_words_of_the_action(people: Any, done: Any) -> None:
    action = done()
    url = reverse("action_plan:do", args=[action.number, "invite"])
    as_(people.manager).post(url, {"version": action.version, "person": people.elsewhere.person.pk})
    told = MessageText.objects.select_related("message").get()
    assert told.message.recipient == people.elsewhere.email
    assert action.get_absolute_url() in told.text and action.title not in told.text + told.message.title
    assert action.criterion_text not in told.text


def test_ending_and_declining_are_refused_with_the_reason(people: Any, asked: Any, account: Any) -> None:
    action = asked.action
    with pytest.raises(Refused, match="Only whoever keeps the plan"):
        inviting.release_checker(invitation=asked, reason="x", by=people.elsewhere, on=ON)
    with pytest.raises(Refused, match="Say why"):
        inviting.release_checker(invitation=asked, reason=" ", by=people.manager, on=ON)
    with pytest.raises(Refused, match="You are not asked"):
        inviting.decline_check(invitation=asked, reason="x", by=people.manager, on=ON)
    inviting.decline_check(invitation=asked, reason="Absente.", by=people.elsewhere, on=ON)
    with pytest.raises(Refused, match="Nobody of another organization"):
        inviting.release_checker(invitation=asked, reason="x", by=people.manager, on=ON)
    refused = as_(people.manager).get(reverse("action_plan:deed", args=[action.number, "decline"]))
    assert refused.status_code == 403
    assert not OutgoingMessage.objects.exists()


def test_an_invitation_is_declined_by_whom_it_is_for(people: Any, asked: Any, account: Any) -> None:
    other = account("quality_manager", people.elsewhere.person.assignments.get().organization)
    second = planning.invite_checker(action=asked.action, person=other.person, by=people.manager, on=ON)
    second.action = asked.action
    with pytest.raises(Refused, match="somebody else"):
        inviting.decline_check(invitation=second, reason="x", by=people.elsewhere, on=ON)


def test_a_closed_account_is_not_written_to(people: Any, asked: Any, stage: Any) -> None:
    people.elsewhere.is_active = False
    stage(people.elsewhere.save)
    url = reverse("action_plan:do", args=[asked.action.number, "release"])
    sent = {"version": asked.action.version, "invitation": asked.pk, "reason": "Inutile."}
    as_(people.manager).post(url, sent)
    assert not OutgoingMessage.objects.exists() and CheckInvitation.objects.get().ended_on is not None
