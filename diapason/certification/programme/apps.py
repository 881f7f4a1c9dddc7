"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class ProgrammeConfig(AppConfig):
    """Configure the chapter of the certification programme."""

    name = "diapason.certification.programme"
    label = "programme"
    verbose_name = "Certification programme"

    def ready(self) -> None:
        """Register facts, links, panels and navigation."""
        from diapason.certification.programme import facts, panels  # noqa: F401  facts are registered
        from diapason.ui import links, navigation
        from diapason.ui import panels as pages

        links.register("programme", "programme:programme", message("Programme"))
        navigation.add("certification", message("Programme"), "programme:programmes", 10)
        navigation.add("certification", message("Timeline"), "programme:timeline", 15)
        pages.register("network_home", panels.network_timeline, 40)
        pages.register("organization", panels.organization_programme, 20)
        pages.register("my_day", panels.milestones_of_mine, 20)
