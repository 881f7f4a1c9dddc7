"""Check that no free text of the closed chapters goes into the trail word for word."""

from dataclasses import fields
from typing import Any

from django.db import models

from diapason.audit_trail.recorded import Recorded
from diapason.audit_trail.recording import recorded_models
from diapason.kernel.facts import Fact
from tests.conventions.test_words import all_facts

CLOSED = "diapason.improvement.", "diapason.certification.readiness."
CODES = {
    "action_plan_action": {"number", "origin_kind", "origin_key", "target_operator"},
    "action_plan_reminder": {"step"},
    "crex_crexattendance": {"trade"},
    "crex_crexmeeting": {"number", "method"},
    "deviation_sheets_deviationcount": {"category"},
    "deviation_sheets_deviationproposal": {"number", "category", "rule"},
    "deviation_sheets_deviationsheet": {"key"},
    "lessons_lesson": {"number", "origin", "categories", "causes"},
    "quality_events_causefound": {"family", "cause"},
    "quality_events_obligation": {"code", "unit"},
    "quality_events_qualityevent": {
        "number", "kind", "category", "origin", "receipt_digest", "sent_key", "severity", "channel", "method",
    },
}  # fmt: skip
"""Columns of text that hold a code, a number or a reference to a record: nobody writes a sentence there."""
STATED = {
    "action", "clause", "edition", "category", "causes", "channel", "consequence", "event", "from_state", "held_on",
    "level", "met_at",
    "method", "month", "obligation", "origin", "other", "owner", "rule", "severity", "to_state", "until",
    "BreachAnswered.answer",
}  # fmt: skip
"""Values of facts that hold the same."""


def texts(model: type[models.Model]) -> set[str]:
    """Return the columns in which somebody may write."""
    return {
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    }


def hidden(kind: Any) -> set[str]:
    """Return what a model or a fact keeps as commitments."""
    return {*kind.PERSONAL, *kind.CONFIDENTIAL}


def test_each_text_of_the_closed_chapters_is_a_commitment_in_the_trail() -> None:
    closed = [model for model in recorded_models() if model.__module__.startswith(CLOSED)]
    wrong = {
        model._meta.db_table: open_texts
        for model in closed
        if issubclass(model, Recorded)
        and (open_texts := texts(model) - hidden(model) - CODES.get(model._meta.db_table, set()))
    }
    assert len(closed) > 10 and wrong == {}, f"name them in CONFIDENTIAL, or here as codes: {wrong}"


def test_each_text_that_their_facts_state_is_a_commitment() -> None:
    wrong = [
        f"{fact.__name__}.{field.name}"
        for fact in all_facts()
        if fact.__module__.startswith(CLOSED)
        for field in fields(fact)
        if field.name not in {"subject", "organization"} | hidden(fact)
        and field.type in ("str", str)
        and not {field.name, f"{fact.__name__}.{field.name}"} & STATED
    ]
    assert wrong == [], "name them in CONFIDENTIAL, or here as codes"


def test_the_list_of_codes_names_no_column_that_is_gone() -> None:
    known = {model._meta.db_table: texts(model) for model in recorded_models()}
    assert {
        name: codes - known.get(name, set())
        for name, codes in CODES.items()
        if codes - known.get(name, set())
    } == {}


def test_what_a_fact_hides_is_one_of_its_values() -> None:
    for fact in all_facts():
        assert hidden(fact) <= {field.name for field in fields(fact)} - {"subject", "organization"}, (
            fact.__name__
        )
    assert not Fact.CONFIDENTIAL
