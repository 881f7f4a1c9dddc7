"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class DeviationSheets(AppConfig):
    """Configure the chapter of deviation sheets."""

    name = "diapason.improvement.deviation_sheets"
    label = "deviation_sheets"
    verbose_name = "Deviation sheets"

    def ready(self) -> None:
        """Register facts, links, words, navigation and what waits on one's day."""
        from diapason.improvement.deviation_sheets import days, facts, telling  # noqa: F401  facts are registered
        from diapason.ui import links, navigation, panels

        telling.register()
        links.register("deviation_sheet", "deviation_sheets:sheet", message("Deviation sheet"))
        links.register("deviation_proposal", "deviation_sheets:proposal", message("Proposed event"))
        navigation.add(
            "improve", message("Deviation sheets"), "deviation_sheets:month", 40, "keep_deviation_sheet"
        )
        panels.register("my_day", days.sheets_of_the_day, 30)
