"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class QualityEvents(AppConfig):
    """Configure the chapter of quality events."""

    name = "diapason.improvement.quality_events"
    label = "quality_events"
    verbose_name = "Quality events"

    def ready(self) -> None:
        """Register facts, links and navigation."""
        from diapason.improvement.quality_events.facts import mending, reporting, triage  # noqa: F401  registered
        from diapason.ui import links

        links.register("quality_event", "quality_events:event", message("Event"))
