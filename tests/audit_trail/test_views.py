"""The screens of the audit trail: list, entry, proof, heads, verification, and the story on each record's page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from diapason.audit_trail import heads, readers, stories
from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.models import Entry, EntrySubject, Head
from diapason.context.network.models import Organization
from diapason.kernel.facts import Fact
from tests.audit_trail import forge

pytestmark = pytest.mark.django_db
VERIFIER = forge.verifier()


@dataclass(frozen=True, kw_only=True)
class SheetMended(Fact):
    """State that a sheet was mended."""

    SENTENCE = "Sheet mended on %(on)s by %(who)s: %(reason)s"
    PERSONAL = frozenset({"who"})
    on: date
    who: str
    reason: str


@act
def mend(*, organization, by, on, reason="a typing error", also=()):
    organization.name = f"{organization.name}’"
    organization.save(update_fields=["name"])
    fact = SheetMended(
        subject=organization.subject,
        organization=organization.code,
        on=on,
        who="Ondine Aubrelle",
        reason=reason,
    )
    record(fact, by=by)
    for other in also:
        record(
            SheetMended(subject=other.subject, organization=other.code, on=on, who="X", reason="secret"),
            by=by,
        )


@pytest.fixture
def mended(network, account, today):
    """Return (network, who, entry of alpha, entry of beta)."""
    who = account("quality_manager", network.alpha)
    mend(organization=network.alpha, by=who, on=today)
    first = Entry.objects.latest("number")
    mend(organization=network.beta, by=account("quality_manager", network.beta), on=today)
    return network, who, first, Entry.objects.latest("number")


def test_the_list_tells_entries_and_hides_those_of_other_organizations(mended, client_as):
    network, _, mine, theirs = mended
    client = client_as("quality_manager", network.alpha)
    page = client.get(reverse("trail:entries")).content.decode()
    assert reverse("trail:entry", args=[mine.number]) in page
    assert reverse("trail:entry", args=[theirs.number]) not in page
    assert "a typing error" in page
    assert "Ondine" not in page, "a personal value is a commitment"
    everything = client_as("network_coordinator").get(reverse("trail:entries")).content.decode()
    assert reverse("trail:entry", args=[theirs.number]) in everything
    assert client_as("research_staff", network.alpha).get(reverse("trail:entries")).status_code == 403


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("fact=SheetMended", 0),  # a fact of the tests is not offered as a filter: it narrows nothing
        ("organization=ALP", 1),
        ("organization=BET", 1),
        ("subject=organization:ALP", 1),
        ("subject=organization:XXX", 0),
        ("since=2999-01-01", 0),
        ("until=1999-01-01", 0),
        ("since=nonsense", 2),
    ],
)
def test_the_list_is_filtered(mended, client_as, query, count):
    page = client_as("network_coordinator").get(f"{reverse('trail:entries')}?{query}").content.decode()
    found = sum(reverse("trail:entry", args=[entry.number]) in page for entry in mended[2:])
    assert found == (2 if query.startswith("fact") else count)


def test_the_list_is_filtered_by_what_happened_and_by_whom(mended, client_as):
    _, who, mine, theirs = mended
    heads.sign_head("test")
    client = client_as("network_coordinator")
    keys = client.get(f"{reverse('trail:entries')}?fact=SigningKeyIntroduced").content.decode()
    assert keys.count(f'href="{reverse("trail:entries")}') >= 1
    assert reverse("trail:entry", args=[mine.number]) not in keys
    his = client.get(f"{reverse('trail:entries')}?by={who.trail_name}").content.decode()
    assert reverse("trail:entry", args=[mine.number]) in his
    assert reverse("trail:entry", args=[theirs.number]) not in his


def test_the_list_costs_the_same_however_long(mended, client_as, assert_fixed_queries, today):
    network, who, *_ = mended
    client = client_as("network_coordinator")

    def grow():
        for _ in range(5):
            mend(organization=network.alpha, by=who, on=today)

    assert assert_fixed_queries(lambda: client.get(reverse("trail:entries")), grow) <= 14


def test_an_entry_says_what_who_when_old_and_new(mended, client_as):
    network, who, mine, theirs = mended
    client = client_as("quality_manager", network.alpha)
    answer = client.get(reverse("trail:entry", args=[mine.number]))
    page = answer.content.decode()
    assert str(who) in page
    assert "<s>Institut Alphonse-Alpha</s>" in page
    assert "Institut Alphonse-Alpha’" in page
    assert mine.leaf in page
    assert client.get(reverse("trail:entry", args=[theirs.number])).status_code == 404
    assert client.get(reverse("trail:entry", args=[10_000])).status_code == 404


def test_an_entry_about_two_organizations_shows_each_its_own_part(network, account, client_as, today):
    mend(organization=network.alpha, by=account(), on=today, also=[network.beta])
    entry = Entry.objects.latest("number")
    page = (
        client_as("quality_manager", network.alpha)
        .get(reverse("trail:entry", args=[entry.number]))
        .content.decode()
    )
    assert "a typing error" in page
    assert "secret" not in page
    assert "organization:BET" not in page
    whole = client_as("network_coordinator").get(reverse("trail:entry", args=[entry.number])).content.decode()
    assert "secret" in whole


def test_a_proof_is_downloaded_and_holds_offline(mended, client_as, tmp_path):
    network, _, mine, theirs = mended
    client = client_as("quality_manager", network.alpha)
    answer = client.post(reverse("trail:proof", args=[mine.number]))
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="diapason-proof-{mine.number}.json"'
    )
    path = tmp_path / "proof.json"
    path.write_bytes(answer.content)
    assert VERIFIER.check_proof(path)
    flipped = bytearray(answer.content)
    flipped[len(flipped) // 2] ^= 1
    path.write_bytes(flipped)
    with pytest.raises(VERIFIER.Wrong):
        VERIFIER.check_proof(path)
    assert client.post(reverse("trail:proof", args=[theirs.number])).status_code == 404
    assert client.get(reverse("trail:proof", args=[mine.number])).status_code == 405


def test_each_organization_keeps_the_heads_of_all(mended, client_as, tmp_path):
    network = mended[0]
    heads.sign_head("test")
    client = client_as("quality_manager", network.beta)
    page = client.get(reverse("trail:heads")).content.decode()
    assert Head.objects.get().root in page
    kept = tmp_path / "heads"
    kept.write_bytes(b"".join(client.get(reverse("trail:heads_file"), {"hashes": "1"})))
    whole = tmp_path / "trail"
    whole.write_bytes(b"".join(client_as("network_coordinator").post(reverse("trail:export"))))
    assert VERIFIER.check_trail(whole, [kept])
    own = tmp_path / "own"
    own.write_bytes(b"".join(client.post(reverse("trail:export"))))
    assert VERIFIER.check_trail(own, [kept]) and VERIFIER.check_trail(whole, [own])
    said = [line for line in own.read_text(encoding="utf-8").splitlines() if line.startswith('{"act":')]
    assert 0 < len(said) < len(Entry.objects.all())
    assert {fact["organization"] for line in said for fact in json.loads(line)["facts"]} == {"BET"}
    assert client_as("research_staff", network.beta).post(reverse("trail:export")).status_code == 403


def test_the_verification_is_run_and_its_result_shown(mended, client_as):
    client = client_as("network_coordinator")
    assert "state unk" in client.get(reverse("trail:verification")).content.decode()
    assert client.post(reverse("trail:verify")).status_code == 302
    page = client.get(reverse("trail:verification")).content.decode()
    assert "state ok" in page
    entry = Entry.objects.latest("number")
    assert entry.on_behalf == client.account.trail_name
    assert json.loads(entry.statement)["facts"][0]["values"]["faults"] == 0


def test_a_damaged_trail_is_shown_as_such(mended, client_as, disarmed):
    with disarmed():
        Entry.objects.filter(number=1).update(statement="{}")
    client = client_as("network_coordinator")
    client.post(reverse("trail:verify"))
    page = client.get(reverse("trail:verification")).content.decode()
    assert "state bad" in page
    assert "<dd>1</dd>" in page


def test_the_verifier_is_given_word_for_word(network, client_as):
    answer = client_as("external_certifier", network.alpha).get(reverse("trail:verifier"))
    assert answer.content == (forge.ROOT / "verifier" / "diapason_verify.py").read_bytes()


def story_seen_by(user, subject):
    request = RequestFactory().get("/")
    request.user = user
    return Template("{% load trail %}{% timeline subject %}").render(
        Context({"request": request, "subject": subject})
    )


def test_a_record_tells_its_story(mended, account):
    network, who, mine, _ = mended
    html = story_seen_by(account("quality_manager", network.alpha), "organization:ALP")
    assert "a typing error" in html
    assert "<s>Institut Alphonse-Alpha</s>" in html
    assert str(who) in html
    assert reverse("trail:entry", args=[mine.number]) in html


def test_another_organization_sees_what_happened_but_not_who(mended, account):
    network, who, mine, _ = mended
    html = story_seen_by(account("research_staff", network.beta), "organization:ALP")
    assert "a typing error" in html
    assert str(who) not in html
    assert who.trail_name not in html
    assert reverse("trail:entry", args=[mine.number]) not in html


def test_a_record_without_history_says_so(network, account):
    assert "<ol" not in story_seen_by(account(), "certificate:none")


def test_a_story_costs_the_same_however_long(mended, account, today, django_assert_num_queries):
    network, who, *_ = mended
    reader = account("quality_manager", network.alpha)
    assert reader.scope
    for _ in range(15):
        mend(organization=network.alpha, by=who, on=today)
    with django_assert_num_queries(2):
        lines, more = stories.story_of("organization:ALP", user=reader)
    assert len(lines) == 12
    assert more


def test_sentences_survive_facts_that_are_no_longer_known():
    assert (
        stories.sentence_of({"name": "Forgotten", "subject": "x:1", "organization": "", "values": {}})
        == "Forgotten"
    )
    assert stories.table_said("gone_table") == "gone_table"
    change = {"table": "gone_table", "old": {"a": 1}, "new": {"a": [True, None, "2026-11-23"]}}
    assert stories.changes_told(change)[0].label == "a"


def test_programs_are_named_by_what_they_do(network):
    assert "import" in readers.names_of(["automaton:import"])["automaton:import"]
    assert readers.names_of(["P-9999"]) == {"P-9999": "P-9999"}
    assert readers.codes_of(object(), "read_trail") == frozenset()
    mend(organization=Organization.objects.get(code="ALP"), by=automaton("import"), on=date(2026, 11, 23))
    assert EntrySubject.objects.filter(subject="organization:ALP").exists()
