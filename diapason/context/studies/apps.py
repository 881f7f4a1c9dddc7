"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Studies(AppConfig):
    """Configure the chapter of studies."""

    name = "diapason.context.studies"
    label = "studies"
    verbose_name = "Studies"

    def ready(self) -> None:
        """Register links, search, navigation and panels."""
        from diapason.context.studies import panels as ours
        from diapason.context.studies import queries
        from diapason.ui import links, navigation, panels, search

        links.register("study", "studies:study", message("Study"))
        search.register(message("Studies"), queries.studies_matching)
        navigation.add("studies", message("Portfolio"), "studies:studies", 10)
        panels.register("organization", ours.studies_of_organization, 40)
