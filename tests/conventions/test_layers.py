"""Check what the import contracts cannot see: keys between models, views that stay private."""

import ast

from django.apps import apps
from django.db import models

from tests.conventions import tree


def dotted(model: type[models.Model]) -> str:
    """Return the chapter of a model, as a dotted name below diapason."""
    name = model.__module__.removeprefix("diapason.")
    return max((known for known in tree.ranks() if f"{name}.".startswith(f"{known}.")), key=len, default=name)


def our_models() -> list[type[models.Model]]:
    """Return the models of the house, those made by Django for plain many-to-many keys left out."""
    return [model for model in apps.get_models() if model.__module__.startswith("diapason.")]


def test_every_chapter_has_its_place() -> None:
    wrong = [
        f"{name}: listed in no layer of .importlinter; place it on purpose (an ADR for a new family)"
        for name, rank in tree.ranks().items()
        if -1 in rank and name != "settings"
    ]
    tree.expect_none(wrong)


def test_keys_point_down() -> None:
    wrong = []
    for model in our_models():
        for field in model._meta.get_fields(include_hidden=True):
            if not (field.concrete or field.many_to_many) or not field.is_relation or field.auto_created:
                continue
            target = field.related_model
            if not isinstance(target, type) or not target.__module__.startswith("diapason."):
                continue
            above = tree.ranks().get(dotted(target), (99, 99)) > tree.ranks().get(dotted(model), (-1, -1))
            if above:
                wrong.append(
                    f"{model.__name__}.{field.name} points up, from {dotted(model)} to {dotted(target)}"
                )
    tree.expect_none(wrong)


def test_keys_protect() -> None:
    wrong = []
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT:
                how = field.remote_field.on_delete.__name__
                wrong.append(f"{model.__name__}.{field.name} is on_delete={how}: PROTECT; records are voided")
    tree.expect_none(wrong)


def imported(node: ast.AST) -> list[str]:
    """Return the modules that an import statement may name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def test_views_and_forms_are_private() -> None:
    private = {}
    for chapter in tree.chapters():
        if chapter.name != "ui":  # what every screen is made of
            base = ".".join(("diapason", *chapter.relative_to(tree.HOUSE).parts))
            private |= {f"{base}.views": chapter, f"{base}.forms": chapter}
    wrong = []
    for path in tree.python_files():
        for node in ast.walk(tree.parsed(path)):
            for name in imported(node):
                owner = next(
                    (private[known] for known in private if f"{name}.".startswith(f"{known}.")), None
                )
                if owner and owner not in path.parents:
                    wrong.append(
                        f"{tree.name_of(path)}:{node.lineno} takes {name}: private to {tree.name_of(owner)}"
                    )
    tree.expect_none(sorted(set(wrong)))


def test_no_signals_in_the_domain() -> None:
    wrong = []
    for path in tree.python_files():
        if tree.kind_of(path) in {"acts", "rules", "models", "queries", "permissions", "views", "facts"}:
            for node in ast.walk(tree.parsed(path)):
                if any(name.startswith("django.db.models.signals") for name in imported(node)):
                    wrong.append(
                        f"{tree.name_of(path)}:{node.lineno}: no signals; a row of the interactions table"
                    )
    tree.expect_none(wrong)
