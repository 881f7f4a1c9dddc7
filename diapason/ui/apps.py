"""Declare the interface to Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Hold the interface shared by every chapter."""

    name = "diapason.ui"
    label = "ui"

    def ready(self) -> None:
        """Register the checks of the registries."""
        from diapason.ui import checks  # noqa: F401
