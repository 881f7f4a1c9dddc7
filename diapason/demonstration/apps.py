"""Configure the demonstration: its commands only."""

from django.apps import AppConfig


class Demonstration(AppConfig):
    """Configure the demonstration."""

    name = "diapason.demonstration"
    label = "demonstration"
    verbose_name = "Demonstration"
