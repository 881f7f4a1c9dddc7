"""Walk all recorded models and every write path: refused outside an act, recorded inside (bar G12)."""

import json
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, ProtectedError

from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.models import Entry
from diapason.audit_trail.recording import recorded_models
from diapason.audit_trail.unrecorded import unrecorded
from diapason.kernel.facts import Fact

from .invented import row_of, unsaved

pytestmark = [pytest.mark.database, pytest.mark.django_db]
BY = automaton("tests")
MODELS = recorded_models()
DEMANDING = {"studies_investigatorsite", "standards_clausechange"}


@dataclass(frozen=True, kw_only=True)
class TableWalked(Fact):
    """State that the walk wrote."""

    __test__ = False
    SENTENCE = "Table walked"


@act
def walk(*, by, perform):
    result = perform()
    record(TableWalked(subject="test:walk"), by=by)
    return result


def changes_of(table):
    statement = json.loads(Entry.objects.order_by("number").last().statement)
    return [change for change in statement["changes"] if change["table"] == table]


def refused(path):
    with pytest.raises((DatabaseError, ProtectedError), match=r"diapason|protected"), transaction.atomic():
        path()
        pytest.fail("the write went through")


def test_every_model_of_ours_is_recorded_or_listed_with_a_reason():
    reasons = unrecorded()
    ours = {
        m._meta.db_table
        for m in apps.get_models(include_auto_created=True)
        if m.__module__.startswith("diapason.")
    }
    assert ours == {m._meta.db_table for m in MODELS} | (ours & set(reasons))
    assert all(len(reason) > 10 for reason in reasons.values())


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.db_table)
def test_no_path_writes_outside_an_act_and_each_is_recorded_inside(model):
    table, name = model._meta.db_table, connection.ops.quote_name(model._meta.db_table)
    key = model._meta.pk.column
    row = walk(by=BY, perform=lambda: row_of(model))
    (inserted,) = changes_of(table) if len(changes_of(table)) == 1 else changes_of(table)[-1:]
    assert (inserted["op"], inserted["key"]) == ("insert", str(row.pk))
    copies = (
        walk(by=BY, perform=lambda: [unsaved(model) for _ in range(2)])
        if has_parents(model)
        else [unsaved(model) for _ in range(2)]
    )
    refused(row.save)
    refused(lambda: model._base_manager.bulk_create(copies[:1]))
    refused(lambda: model._base_manager.filter(pk=row.pk).update(**{key: F(key)}))
    refused(lambda: model._base_manager.filter(pk=row.pk)._raw_delete(connection.alias))
    refused(lambda: execute(f"UPDATE {name} SET {key} = {key} WHERE {key} = %s", [row.pk]))
    refused(lambda: execute(f"DELETE FROM {name} WHERE {key} = %s", [row.pk]))
    walk(by=BY, perform=lambda: model._base_manager.bulk_create(copies[1:]))
    assert [change["op"] for change in changes_of(table)] == ["insert"]
    if any(field.name == "version" for field in model._meta.fields):
        walk(by=BY, perform=lambda: model._base_manager.filter(pk=row.pk).update(version=F("version") + 1))
        (changed,) = changes_of(table)
        assert (changed["old"], changed["new"]) == ({"version": 1}, {"version": 2})
    walk(by=BY, perform=lambda: execute(f"DELETE FROM {name} WHERE {key} = %s", [row.pk]))
    (deleted,) = changes_of(table)
    assert deleted["op"] == "delete"
    assert set(deleted["old"]) == {field.column for field in model._meta.local_concrete_fields}


def has_parents(model):
    return model._meta.db_table in DEMANDING or any(
        f.is_relation and not f.null for f in model._meta.local_concrete_fields
    )


def execute(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_key_protects():
    for model in MODELS:
        for field in model._meta.local_concrete_fields:
            if field.is_relation:
                assert field.remote_field.on_delete is models.PROTECT, f"{model._meta.label}.{field.name}"
