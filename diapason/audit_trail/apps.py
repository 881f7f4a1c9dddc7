"""Connect the trail to the database: the open-act function, and triggers around migrations."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


def tell_sqlite_of_acts(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Register diapason_open_act() on each new SQLite connection: the open act's number or NULL."""
    if connection.vendor == "sqlite":
        from diapason.audit_trail.open_act import number_of_open_act

        connection.connection.create_function("diapason_open_act", 0, number_of_open_act(connection))


def drop_triggers(app_config: AppConfig, using: str, **_: Any) -> None:
    """Drop the triggers before the first migration (SQLite remakes tables and would trip over them)."""
    from diapason.audit_trail import triggers

    if app_config.label == "audit_trail":
        triggers.drop()


def make_triggers(app_config: AppConfig, using: str, **_: Any) -> None:
    """Make the triggers once every table stands; the last application's signal wins."""
    from django.apps import apps

    from diapason.audit_trail import triggers

    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if app_config.label == last.label:
        triggers.install()


class AuditTrail(AppConfig):
    """Configure the trail."""

    name = "diapason.audit_trail"
    label = "audit_trail"
    verbose_name = "Audit trail"

    def ready(self) -> None:
        """Connect the signals."""
        connection_created.connect(tell_sqlite_of_acts, dispatch_uid="diapason.acts")
        pre_migrate.connect(drop_triggers, dispatch_uid="diapason.triggers.drop")
        post_migrate.connect(make_triggers, dispatch_uid="diapason.triggers.make")
