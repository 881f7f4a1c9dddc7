"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Readiness(AppConfig):
    """Configure the chapter of self-assessment and readiness."""

    name = "diapason.certification.readiness"
    label = "readiness"
    verbose_name = "Readiness"

    def ready(self) -> None:
        """Register links, navigation, panels, and what an answer is that asks for an action."""
        from diapason.certification.readiness import panels as own
        from diapason.certification.readiness.queries.origins import gap_behind
        from diapason.improvement.action_plan.queries import origins
        from diapason.ui import links, navigation, panels

        links.register("assessment", "readiness:answer", message("Self-assessment"))
        origins.register("assessment", gap_behind)
        navigation.add(
            "certification", message("Self-assessment"), "readiness:home", 20, ability="assess_clause"
        )
        navigation.add("certification", message("Requirements"), "readiness:heat", 25)
        panels.register("organization", own.organization_readiness, 30)
        panels.register("network_home", own.network_heat, 60)
        panels.register("clause", own.answers_to_clause, 10)
        panels.register("edition", own.own_readiness, 10)
        panels.register("my_day", own.actions_of_the_day, 40)
