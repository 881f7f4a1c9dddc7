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
        from diapason.context.files import readers
        from diapason.improvement.action_plan import gates, measures
        from diapason.improvement.action_plan.queries import origins
        from diapason.improvement.quality_events import days, jobs, panels, telling
        from diapason.improvement.quality_events.facts import mending, reporting, triage  # noqa: F401  registered
        from diapason.improvement.quality_events.models import KIND
        from diapason.improvement.quality_events.permissions import may_read_files
        from diapason.improvement.quality_events.queries import indicators, search
        from diapason.improvement.quality_events.queries.checks import register_checks
        from diapason.improvement.quality_events.queries.origins import event_behind
        from diapason.improvement.quality_events.queries.recurrence import recurrence_of
        from diapason.improvement.quality_events.queries.standing import may_action_start
        from diapason.ui import links, navigation
        from diapason.ui import panels as pages
        from diapason.ui import search as searching

        gates.register("quality_event", may_action_start)
        telling.register()
        trail_jobs.begin_also(jobs.begin)
        navigation.set_report(message("Report"), "quality_events:report", "report_event")
        navigation.add("day", message("My reports"), "quality_events:mine", 30, "report_event")
        pages.register("my_day", days.reports_to_sort, 5)
        pages.register("my_day", days.plans_to_approve, 8)
        pages.register("my_day", days.news_of_my_reports, 50)
        pages.register("quality_event", days.photos_of, 10)
        readers.register(KIND, may_read_files)
        navigation.add("improve", message("How people report"), "quality_events:settings", 90, "triage_event")
        links.register("quality_event", "quality_events:event", message("Event"))
        origins.register("quality_event", event_behind)
        navigation.add("improve", message("Events"), "quality_events:events", 10, "read_events")
        navigation.add("improve", message("Follow-up of events"), "quality_events:figures", 20, "read_events")
        navigation.add("improve", message("Consistency checks"), "quality_events:checks", 80, "read_events")
        pages.register("organization", panels.events_of_organization, 40)
        pages.register("study", panels.events_of_study, 40)
        pages.register("network_home", panels.events_of_network, 40)
        pages.register("my_day", panels.work_of_mine, 20)
        searching.register(message("Quality events"), search.events_matching)
        measures.register("recurrence", recurrence_of)
        indicators.register()
        register_checks()
