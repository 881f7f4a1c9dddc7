"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Communiques(AppConfig):
    """Configure the chapter of communiqués."""

    name = "diapason.disclosure.communiques"
    label = "communiques"
    verbose_name = "Communiqués"

    def ready(self) -> None:
        """Register links and navigation."""
        from diapason.ui import links, navigation

        links.register("communique", "communiques:communique", message("Communiqué"))
        navigation.add("steer", message("Communiqués"), "communiques:communiques", 50)
