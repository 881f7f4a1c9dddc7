"""Invent a row of any model, with the rows it points to: for tests that walk all models."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

_numbers = count(1)


def demanded(model: type[models.Model]) -> dict[str, Any]:
    """Return what a constraint of `model` demands though its column may be null."""
    if model._meta.db_table == "standards_clausechange":
        return {"clause_to": row_of(apps.get_model("standards", "Clause"))}
    if model._meta.db_table == "studies_investigatorsite":
        return {"place": row_of(apps.get_model("network", "OutsidePlace"))}
    if model._meta.db_table == "enrolment_enrolmentcount":
        return {"month": 6}
    if model._meta.db_table == "action_plan_extension":
        return {"to_day": date(2026, 3, 1)}
    if model._meta.db_table == "programme_milestone":
        return {"planned_on": date(2026, 1, 1)}
    return {}


def row_of(model: type[models.Model], **given: Any) -> models.Model:
    """Return a saved row of `model`, only what must be filled being filled."""
    instance = unsaved(model, **given)
    instance.save()
    return instance


def unsaved(model: type[models.Model], **given: Any) -> models.Model:
    """Return an unsaved row of `model`; the rows it points to are saved."""
    values = {**demanded(model), **given}
    for field in model._meta.local_concrete_fields:
        if field.name in values or field.has_default() or field.auto_created:
            continue
        if field.null or (field.blank and not field.is_relation and not field.unique):
            continue
        values[field.name] = row_of(field.related_model) if field.is_relation else value_of(field)
    return model(**values)


def value_of(field: Any) -> Any:
    """Return a value that the field takes."""
    number = next(_numbers)
    if field.choices:
        return [key for key, _ in field.flatchoices][-1]
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date(2026, 1, 1)
    if isinstance(field, models.EmailField):
        return f"invented{number}@example.org"
    if isinstance(field, models.CharField | models.TextField):
        return f"x{number}"[: field.max_length or None]
    for kind, value in (
        (models.BooleanField, False),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, number % 30_000),
        (models.UUIDField, uuid.uuid4()),
        (models.JSONField, {}),
    ):
        if isinstance(field, kind):
            return value
    raise LookupError(f"no invented value for {field}")
