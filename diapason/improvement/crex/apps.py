"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class CrexConfig(AppConfig):
    """Configure the chapter of learning committees."""

    name = "diapason.improvement.crex"
    label = "crex"
    verbose_name = "Learning committees"

    def ready(self) -> None:
        """Register facts, links, words, navigation, panel of events and what waits on one's day."""
        from diapason.improvement.crex import days, facts, telling  # noqa: F401  facts are registered
        from diapason.improvement.crex import panels as own
        from diapason.ui import links, navigation, panels

        telling.register()
        links.register("crex", "crex:meeting", message("CREX"))
        navigation.add("improve", message("CREX"), "crex:meetings", 50, "analyse_event")
        panels.register("my_day", days.committee_of_the_month, 35)
        panels.register("quality_event", own.committees_of_event, 30)
