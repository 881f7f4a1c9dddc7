"""`verify_trail` finds whatever was done to the database behind the application's back."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from diapason.audit_trail import heads, jobs, keys, merkle, verify
from diapason.audit_trail.acts import automaton
from diapason.audit_trail.canonical import canonical_text
from diapason.audit_trail.entries import stored_node
from diapason.audit_trail.models import Entry, Head, Node, Opening, SigningKey
from diapason.kernel import clock

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _own_keys(tmp_path, settings):
    settings.DIAPASON = settings.DIAPASON | {"keys": tmp_path / "keys"}


@pytest.fixture
def trail(network, account):
    """Return the network, after some acts and two heads."""
    for number in range(6):
        account("quality_manager", network.alpha if number % 2 else network.beta)
    heads.sign_head("test")
    account()
    keys.rotate(by=automaton("test"))
    heads.sign_head("test")
    return network


@pytest.fixture
def damage(disarmed):
    """Return `damage(sql, *parameters)`: write to the database with the triggers away, then put them back."""

    def run(sql, *parameters):
        with disarmed(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    return run


def faults(**options):
    """Return what a verification finds, as texts."""
    return [str(fault) for fault in verify.verify(**options).faults]


def test_a_sound_trail_has_no_fault(trail):
    steps = []
    result = verify.verify(lambda *step: steps.append(step))
    assert result.faults == []
    assert result.entries == Entry.objects.count()
    assert result.heads == 2
    assert result.records > 10
    assert result.root == Head.objects.latest("size").root
    assert {"entries", "nodes", "heads", "records"} <= {step[0] for step in steps}


ENTRY = "UPDATE audit_trail_entry SET {} WHERE number = 3"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            ENTRY.format("statement = replace(statement, 'quality_manager', 'quality_manageX')"),
            "entry 3: the stored hash",
        ),
        (ENTRY.format("statement = statement || ' '"), "entry 3: the statement is damaged"),
        (ENTRY.format("statement = ''"), "entry 3: the statement is damaged"),
        (ENTRY.format("leaf = repeat_zero"), "entry 3: the stored hash"),
        (ENTRY.format("\"by\" = 'P-0001'"), "entry 3: the columns beside"),
        (ENTRY.format("organization = 'BET'"), "entry 3: the columns beside"),
        ("DELETE FROM audit_trail_entry WHERE number = 3", "entry 3: an entry was removed"),
        ("UPDATE audit_trail_entrysubject SET subject = 'x:y' WHERE entry_number = 3", "entry 3: the index"),
        ("DELETE FROM audit_trail_entrysubject WHERE entry_number = 3", "entry 3: the index"),
        (
            "UPDATE audit_trail_node SET hash = repeat_zero WHERE level = 1 AND position = 1",
            "node 1 of level 1",
        ),
        ("DELETE FROM audit_trail_node WHERE level = 2", "node 0 of level 2"),
        ("UPDATE audit_trail_head SET root = repeat_zero", "the signature of the head"),
        ("UPDATE audit_trail_head SET signature = key_id || key_id", "the signature of the head"),
        ("UPDATE audit_trail_head SET key_id = repeat_zero", "the signature of the head"),
        ("UPDATE audit_trail_signingkey SET introduction = ''", "was not introduced"),
        ("UPDATE audit_trail_signingkey SET previous_id = NULL", "was not introduced"),
        ("UPDATE network_organization SET name = 'Autre' WHERE code = 'ALP'", "network_organization"),
        ("UPDATE people_person SET family_name = 'Autre'", "people_person"),
        ("DELETE FROM network_site WHERE code = 'ALP-1'", "is gone, and no entry says so"),
        (
            "INSERT INTO audit_trail_pending (table_name, record, operation) VALUES ('x', '1', 'insert')",
            "changes wait",
        ),
    ],
)
def test_each_damage_is_found(trail, damage, sql, said):
    damage(sql.replace("repeat_zero", f"'{'0' * 64}'"))
    found = faults()
    assert any(said in text for text in found), found


def test_a_row_put_in_behind_our_back_is_found(trail, damage):
    damage(
        "INSERT INTO network_site (organization_id, code, name, city, finess_et, siret, is_hospital_site, version)"
        " SELECT organization_id, 'X', name, city, finess_et, siret, is_hospital_site, 1 FROM network_site"
        " WHERE code = 'ALP-1'"
        if "latitude" not in columns("network_site")
        else f"INSERT INTO network_site ({', '.join(columns('network_site'))}) SELECT "
        f"{', '.join(repr('X') if c == 'code' else c for c in columns('network_site'))} FROM network_site"
        " WHERE code = 'ALP-1'"
    )
    assert any("exists, and no entry says so" in text for text in faults())


def columns(table):
    """Return the columns of a table, the key left out."""
    with connection.cursor() as cursor:
        return [
            c.name for c in connection.introspection.get_table_description(cursor, table) if c.name != "id"
        ]


def test_a_trail_cut_off_is_found_by_its_heads(trail, damage):
    last = Entry.objects.count() - 1
    damage("DELETE FROM audit_trail_entrysubject WHERE entry_number = %s", last)
    damage("DELETE FROM audit_trail_entry WHERE number = %s", last)
    result = verify.verify(records=False)
    assert any("speaks of entries that are gone" in str(fault) for fault in result.faults)
    assert result.first_wrong == last


def test_an_entry_rewritten_with_its_whole_tree_is_found_by_the_head(trail, damage):
    """The forger also computes the leaf and every node anew; only the signature is out of reach."""
    entry = Entry.objects.get(number=3)
    statement = json.loads(entry.statement) | {"role": "administrator"}
    text = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    leaves = [bytes.fromhex(leaf) for leaf in Entry.objects.order_by("number").values_list("leaf", flat=True)]
    leaves[3] = merkle.leaf_hash(text.encode())
    damage("UPDATE audit_trail_entry SET statement = %s, leaf = %s WHERE number = 3", text, leaves[3].hex())
    for level, position, digest in merkle.appended_all(0, leaves, lambda *_: b""):
        if level:
            place = digest.hex(), level, position
            damage("UPDATE audit_trail_node SET hash = %s WHERE level = %s AND position = %s", *place)
    found = faults(records=False)
    assert len(found) == 2, found
    assert all("an entry changed that the head of" in text for text in found)


def test_missing_triggers_are_found(trail):
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else ' ON "network_site"'
        cursor.execute(f'DROP TRIGGER "diapason_network_site_update"{on}')
    assert any(
        "trigger missing or altered: diapason_network_site_update" in text for text in faults(records=False)
    )


def test_a_missing_or_open_private_key_is_found(trail):
    path = keys.path_of(SigningKey.objects.latest("pk").key_id)
    path.chmod(0o644)
    assert any("can be read by others" in text for text in faults(records=False))
    path.unlink()
    assert any("is missing: heads cannot be signed" in text for text in faults(records=False))


def test_shredded_personal_data_are_no_fault(trail):
    Opening.objects.all().delete()
    assert faults() == []


def test_the_command_ends_with_one_and_names_the_first_wrong_entry(trail, damage):
    out, progress = StringIO(), StringIO()
    call_command("verify_trail", stdout=out, stderr=progress)
    assert "The trail is whole" in out.getvalue()
    assert "entries: " in progress.getvalue()
    damage("UPDATE audit_trail_entry SET statement = statement || ' ' WHERE number IN (2, 4)")
    with pytest.raises(CommandError, match=r"NOT whole.*First wrong entry: 2\.") as caught:
        call_command("verify_trail", "--quiet", "--no-records", stdout=out, stderr=progress)
    assert caught.value.returncode == 1


def test_the_job_states_what_it_found(trail, damage):
    jobs.verify_whole.func()
    fact = json.loads(Entry.objects.latest("number").statement)["facts"][0]
    assert fact["name"] == "TrailVerified"
    assert fact["values"]["faults"] == 0
    damage("DELETE FROM audit_trail_node WHERE level = 1 AND position = 0")
    result = verify.verify(records=False)
    jobs.note_verification(result=result, by=automaton("test"), at=clock.now())
    fact = json.loads(Entry.objects.latest("number").statement)["facts"][0]
    assert (fact["values"]["faults"], fact["values"]["first_entry"]) == (1, 0)
    assert Node.objects.exists()


def test_an_instance_in_which_nothing_has_happened_is_whole(db):
    out = StringIO()
    call_command("verify_trail", "--quiet", stdout=out)
    assert "The trail is whole: 0 entries" in out.getvalue()


def test_a_head_signed_with_a_former_key_is_found(trail, account):
    former = SigningKey.objects.order_by("pk").first()
    account()
    late = Head.objects.latest("size")
    size = Entry.objects.count()
    stated = json.loads(late.statement) | {
        "size": size, "root": merkle.root(size, stored_node).hex(), "key_id": former.key_id,
    }  # fmt: skip
    text = canonical_text(stated)
    Head.objects.create(
        size=size,
        root=stated["root"],
        signed_at=late.signed_at,
        key_id=former.key_id,
        statement=text,
        signature=keys.load(former).sign(text.encode()).hex(),
        reason="forged",
    )
    assert any("a key that had been replaced" in text for text in faults(records=False))
