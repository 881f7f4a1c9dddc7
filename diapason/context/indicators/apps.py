"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Indicators(AppConfig):
    """Configure the chapter of indicators and figures."""

    name = "diapason.context.indicators"
    label = "indicators"
    verbose_name = "Indicators"

    def ready(self) -> None:
        """Register computing functions, links, panels and navigation."""
        from diapason.audit_trail import stories
        from diapason.context.indicators import panels
        from diapason.context.indicators.queries import names, network, studies  # noqa: F401  they register functions
        from diapason.ui import links, navigation
        from diapason.ui import panels as pages

        stories.register_code("indicator", names.indicator_said)
        links.register("figure", "indicators:figure", message("Figure"))
        links.register("indicator", "indicators:indicator", message("Indicator"))
        links.register("claim", "indicators:claim", message("Claim"))
        links.register("frozen-edition", "indicators:edition", message("Frozen edition"))
        links.renamed("edition", r"ED-[A-Z]+-\d{4}-\d{4,}", "frozen-edition")
        navigation.add("steer", message("Figures"), "indicators:figures", 40)
        pages.register("network_home", panels.network_strip, 10)
        pages.register("organization", panels.organization_figures, 60)
        pages.register("my_day", panels.figures_to_sign, 60)
