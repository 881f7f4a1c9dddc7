"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class QualityEvents(AppConfig):
    """Configure the chapter of quality events."""

    name = "diapason.improvement.quality_events"
    label = "quality_events"
    verbose_name = "Quality events"

    def ready(self) -> None:
        """Register facts, links, navigation, panels, what waits on one's day."""
        from diapason.improvement.action_plan import gates, measures
        from diapason.improvement.action_plan.queries import origins
        from diapason.improvement.quality_events import days, panels, telling, weekly
        from diapason.improvement.quality_events.facts import approving, mending, reporting, triage  # noqa: F401  registered
        from diapason.improvement.quality_events.queries import indicators, search
        from diapason.improvement.quality_events.queries.checks import register_checks
        from diapason.improvement.quality_events.queries.origins import event_behind
        from diapason.improvement.quality_events.queries.recurrence import recurrence_of
        from diapason.improvement.quality_events.queries.standing import (
            may_action_be_planned,
            may_action_start,
        )
        from diapason.ui import links, navigation
        from diapason.ui import panels as pages
        from diapason.ui import search as searching

        gates.register("quality_event", may_action_start, may_action_be_planned)
        telling.register()
        weekly.register()
        days.register()
        links.register("quality_event", "quality_events:event", message("Event"))
        origins.register("quality_event", event_behind)
        navigation.add("improve", message("Events"), "quality_events:events", 10, "read_events")
        navigation.add("improve", message("Follow-up of events"), "quality_events:figures", 20, "read_events")
        navigation.add("improve", message("Consistency checks"), "quality_events:checks", 80, "read_events")
        pages.register("organization", panels.events_of_organization, 40)
        pages.register("study", panels.events_of_study, 40)
        pages.register("network_home", panels.events_of_network, 40)
        searching.register(message("Quality events"), search.events_matching)
        measures.register("recurrence", recurrence_of)
        indicators.register()
        register_checks()
