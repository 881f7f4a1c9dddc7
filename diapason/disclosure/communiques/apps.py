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
        from diapason.audit_trail import stories
        from diapason.disclosure.communiques import facts
        from diapason.disclosure.communiques.models import state_said
        from diapason.ui import links, navigation

        stories.register_code(f"{facts.CommuniqueIssued.__name__}.state", state_said)
        links.register("communique", "communiques:communique", message("Communiqué"))
        navigation.add("steer", message("Communiqués"), "communiques:communiques", 50)
