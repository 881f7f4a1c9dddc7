"""Check that each chapter with tables has migrations, in one line."""

from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.db.migrations.loader import MigrationLoader

from tests.conventions import tree


def chapters_with_tables() -> list[AppConfig]:
    """Return the applications of the house that have models."""
    return [
        each
        for each in apps.get_app_configs()
        if each.name.startswith("diapason.") and any(each.get_models())
    ]


@pytest.fixture(autouse=True)
def real_migrations(settings: Any) -> None:
    """Look at the migration files, though other tests make their tables from the models."""
    settings.MIGRATION_MODULES = {}


def test_every_chapter_with_tables_has_migrations() -> None:
    loader = MigrationLoader(None)
    tree.expect_none(
        f"{each.name}: tables but no migration; run.py manage makemigrations {each.label}"
        for each in chapters_with_tables()
        if each.label not in loader.migrated_apps
    )


def test_migrations_are_one_line() -> None:
    graph = MigrationLoader(None).graph
    wrong = []
    for each in chapters_with_tables():
        leaves = graph.leaf_nodes(each.label)
        if len(leaves) > 1:
            wrong.append(f"{each.name}: {len(leaves)} ends: {', '.join(name for _, name in leaves)}")
    tree.expect_none(wrong)


def test_migrations_carry_no_data() -> None:
    wrong = []
    for path in tree.HOUSE.glob("**/migrations/0*.py"):
        if "RunPython" in path.read_text(encoding="utf-8"):
            wrong.append(f"{tree.name_of(path)}: rows come from a command, never from a migration")
    tree.expect_none(wrong)
