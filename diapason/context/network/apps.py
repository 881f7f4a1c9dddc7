"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Network(AppConfig):
    """Configure the network's chapter."""

    name = "diapason.context.network"
    label = "network"
    verbose_name = "Network"

    def ready(self) -> None:
        """Register links, search and navigation."""
        from diapason.context.network import queries
        from diapason.ui import links, navigation, search

        links.register("organization", "network:organization")
        search.register(message("Organizations"), queries.organizations_matching)
        navigation.add("steer", message("Organizations"), "network:organizations", 20)
        navigation.add("administration", message("Visibility charter"), "network:charter", 30)
