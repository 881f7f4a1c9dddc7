"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class ActionPlan(AppConfig):
    """Configure the chapter of actions."""

    name = "diapason.improvement.action_plan"
    label = "action_plan"
    verbose_name = "Action plan"

    def ready(self) -> None:
        """Register facts and links."""
        from diapason.improvement.action_plan.facts import carrying, planning  # noqa: F401  registered
        from diapason.ui import links

        links.register("action", "action_plan:action", message("Action"))
