"""Show that an act without a trail line cannot happen, on every path into the database."""

import json
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from diapason.audit_trail import entries, reactions, triggers
from diapason.audit_trail.acts import NoOpenAct, act, automaton, follow_later, record, reread, take_number
from diapason.audit_trail.models import Entry, EntrySubject, Node, Opening, Pending
from diapason.audit_trail.recording import recorded_models, tables
from diapason.context.network.models import Grouping, Organization, OutsidePlace, Partner
from diapason.kernel.facts import Fact
from diapason.kernel.verdicts import Conflict

pytestmark = [pytest.mark.database, pytest.mark.django_db]
BY = automaton("tests")


class TestRan(Fact):
    """State that a test ran."""

    __test__ = False
    SENTENCE = "Test ran"


@dataclass(frozen=True, kw_only=True)
class SecretTold(Fact):
    """State a personal value."""

    SENTENCE = "Told: %(name)s"
    PERSONAL = frozenset({"name"})
    name: str = ""


@act
def do(*, by, perform, fact=True, on=None):
    result = perform()
    if fact:
        record(TestRan(subject="test:1", organization="ALP"), by=by)
    return result


def last_changes():
    return json.loads(Entry.objects.order_by("number").last().statement)["changes"]


def test_every_write_path_is_refused_outside_an_act(network):
    partner = do(by=BY, perform=lambda: Partner.objects.create(code="P", name="P", kind="funder"))
    table = Partner._meta.db_table
    paths = {
        "save": lambda: partner.save(),
        "create": lambda: Partner.objects.create(code="Q", name="Q", kind="funder"),
        "bulk_create": lambda: Partner.objects.bulk_create(
            [Partner(code="Q", name="Q", kind="funder", sort_key="q")]
        ),
        "update": lambda: Partner.objects.update(name="Z"),
        "bulk_update": lambda: Partner.objects.bulk_update([partner], ["name"]),
        "delete": lambda: partner.delete(),
        "queryset delete": lambda: Partner.objects.all().delete(),
        "raw delete": lambda: connection.cursor().execute(f"DELETE FROM {table}"),
        "raw update": lambda: connection.cursor().execute(f"UPDATE {table} SET name = 'x'"),
    }
    if connection.vendor == "postgresql":
        paths["truncate"] = lambda: connection.cursor().execute(f"TRUNCATE {table} CASCADE")
    else:
        paths["replace"] = lambda: connection.cursor().execute(
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        )
    for name, path in paths.items():
        with pytest.raises(DatabaseError, match=r"diapason|append-only"), transaction.atomic():
            path()
            pytest.fail(f"{name} went through")
    assert Partner.objects.get().name == "P"


def test_changes_carry_old_and_new(network):
    def rename():
        organization = reread(network.alpha, network.alpha.version)
        organization.city = "Autreville"
        organization.save(update_fields=["city"])

    do(by=BY, perform=rename)
    (change,) = last_changes()
    assert change["op"] == "update"
    assert change["old"] == {"city": "Alphaville", "version": 1}
    assert change["new"] == {"city": "Autreville", "version": 2}


def test_rows_without_a_fact_fail_the_act_and_leave_nothing(network):
    before = Entry.objects.count()
    with pytest.raises(entries.ActWithoutFact):
        do(by=BY, fact=False, perform=lambda: Partner.objects.create(code="P", name="P", kind="funder"))
    assert not Partner.objects.exists()
    assert Entry.objects.count() == before
    assert not Pending.objects.exists()


def test_an_act_in_which_nothing_happens_leaves_no_line(network):
    before = Entry.objects.count()
    do(by=BY, fact=False, perform=lambda: None)
    assert Entry.objects.count() == before


def test_a_fact_outside_an_act_is_refused(db):
    with pytest.raises(NoOpenAct):
        record(TestRan(subject="test:1"), by=BY)
    with pytest.raises(NoOpenAct):
        take_number("CE", "ALP", 2026)


def test_successive_changes_of_one_row_become_one(network):
    def twice():
        partner = Partner.objects.create(code="P", name="first", kind="funder")
        partner.name = "second"
        partner.save()
        gone = Partner.objects.create(code="G", name="gone", kind="funder")
        gone.delete()

    do(by=BY, perform=twice)
    (change,) = last_changes()
    assert (change["op"], change["new"]["name"]) == ("insert", "second")


def test_many_to_many_and_bulk_are_recorded(network):
    def build():
        grouping = Grouping.objects.create(kind="region", code="X", name_fr="X", name_en="X")
        grouping.members.add(network.alpha, network.beta)
        OutsidePlace.objects.bulk_create([OutsidePlace(name=str(i), key=str(i)) for i in range(30)])

    do(by=BY, perform=build)
    found = [change["table"] for change in last_changes()]
    assert found.count("network_groupingmembership") == 2
    assert found.count("network_outsideplace") == 30


def test_nested_acts_join_and_a_failed_one_leaves_no_fact(network):
    def outer():
        do(by=BY, perform=lambda: Partner.objects.create(code="A", name="A", kind="funder"))

        def fails():
            Partner.objects.create(code="B", name="B", kind="funder")
            raise KeyError("no")

        with pytest.raises(KeyError):
            do(by=BY, perform=fails)

    before = Entry.objects.count()
    do(by=BY, perform=outer, on=date(2020, 5, 4))
    assert Entry.objects.count() == before + 1
    statement = json.loads(Entry.objects.last().statement)
    assert len(statement["facts"]) == 2
    assert statement["at"] == "2020-05-04T00:00:00.000000Z"
    assert [change["new"]["code"] for change in statement["changes"]] == ["A"]


def test_personal_values_are_commitments(db):
    @act
    def tell(*, by):
        record(SecretTold(subject="test:1", name="Zoé Unique"), by=by)

    tell(by=BY)
    statement = Entry.objects.last().statement
    assert "Unique" not in statement
    opening = Opening.objects.get()
    assert opening.value == '"Zoé Unique"'
    assert opening.commitment in statement


def test_a_stale_version_is_a_conflict(network):
    def change():
        organization = reread(network.alpha, 1)
        organization.save()

    do(by=BY, perform=change)
    with pytest.raises(Conflict):
        do(by=BY, perform=change)


def test_numbers_follow_each_other(db):
    def take():
        return [
            take_number("CE", "ALP", 2026),
            take_number("CE", "ALP", 2026),
            take_number("CE", "BET", 2026),
        ]

    assert do(by=BY, perform=take) == ["CE-ALP-2026-0001", "CE-ALP-2026-0002", "CE-BET-2026-0001"]


def test_the_trail_is_append_only(network):
    do(by=BY, perform=lambda: None)
    for model in (Entry, EntrySubject, Node):
        assert model.objects.exists()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.update(**{model._meta.pk.name: 999})
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_every_recorded_table_has_its_triggers(db):
    assert triggers.missing() == []
    assert {model._meta.db_table for model in recorded_models()} == set(tables())
    with connection.cursor() as cursor:
        name, (table, _) = next(iter(triggers.present().items()))
        on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    assert triggers.missing() == [name]
    triggers.install()


def test_reactions_follow_in_their_own_entry(network, monkeypatch):
    seen = []

    def follow(*, fact, by):
        seen.append((fact.subject, by.trail_name, by.on_behalf))
        Partner.objects.create(code="R", name="R", kind="funder")
        record(SecretTold(subject="test:2"), by=by)

    row = reactions.Reaction(when=TestRan, then=follow, must=True)
    monkeypatch.setattr(reactions, "_registered", [row])
    do(by=BY, perform=lambda: None)
    assert seen == [("test:1", "automaton:interactions.follow", "automaton:tests")]
    last = Entry.objects.last()
    assert last.caused_by == last.number - 1


def test_a_failed_reaction_that_must_succeed_cancels_the_act(network, monkeypatch):
    def fail(*, fact, by):
        raise ValueError("no")

    monkeypatch.setattr(reactions, "_registered", [reactions.Reaction(when=TestRan, then=fail, must=True)])
    with pytest.raises(ValueError, match="no"):
        do(by=BY, perform=lambda: Partner.objects.create(code="R", name="R", kind="funder"))
    assert not Partner.objects.exists()


def test_any_other_reaction_becomes_a_job_with_its_own_entry(
    network, monkeypatch, django_capture_on_commit_callbacks
):
    @act
    def follow(*, fact, by):
        record(SecretTold(subject=fact.subject), by=by)

    row = reactions.Reaction(when=TestRan, then=follow, must=False)
    handed_over = []
    monkeypatch.setattr(reactions, "_registered", [row])
    monkeypatch.setattr(reactions, "_deferral", [lambda *job: handed_over.append(job)])
    with django_capture_on_commit_callbacks(execute=True):
        do(by=BY, perform=lambda: None)
    ((name, number, position),) = handed_over
    follow_later(reactions.named(name), number, position)
    last = Entry.objects.last()
    assert (last.caused_by, last.on_behalf) == (number, "automaton:tests")


def test_the_kind_of_an_organization_stays_in_its_list(network):
    assert set(Organization.objects.members()) == {network.alpha, network.beta, network.central}
