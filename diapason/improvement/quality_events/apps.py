"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class QualityEvents(AppConfig):
    """Configure the chapter of quality events."""

    name = "diapason.improvement.quality_events"
    label = "quality_events"
    verbose_name = "Quality events"

    def ready(self) -> None:
        """Register facts, links, navigation, what waits on one's day, and the job that empties the letter box."""
        from diapason.audit_trail import jobs as trail_jobs
        from diapason.improvement.action_plan import gates
        from diapason.improvement.action_plan.queries import origins
        from diapason.improvement.quality_events import days, jobs, telling
        from diapason.improvement.quality_events.facts import mending, reporting, triage  # noqa: F401  registered
        from diapason.improvement.quality_events.queries.origins import event_behind
        from diapason.improvement.quality_events.queries.standing import may_action_start
        from diapason.ui import links, navigation
        from diapason.ui import panels as pages

        gates.register("quality_event", may_action_start)
        telling.register()
        trail_jobs.begin_also(jobs.begin)
        navigation.set_report(message("Report"), "quality_events:report", "report_event")
        navigation.add("day", message("My reports"), "quality_events:mine", 30, "report_event")
        pages.register("my_day", days.reports_to_sort, 5)
        pages.register("my_day", days.news_of_my_reports, 50)
        links.register("quality_event", "quality_events:event", message("Event"))
        origins.register("quality_event", event_behind)
