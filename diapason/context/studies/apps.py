"""Configure the chapter."""

from django.apps import AppConfig


class Studies(AppConfig):
    """Configure the chapter of studies."""

    name = "diapason.context.studies"
    label = "studies"
    verbose_name = "Studies"
