"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Lessons(AppConfig):
    """Configure the chapter of lessons."""

    name = "diapason.improvement.lessons"
    label = "lessons"
    verbose_name = "Lessons"

    def ready(self) -> None:
        """Register facts, links, panels, search and navigation."""
        from diapason.improvement.action_plan.queries import origins
        from diapason.improvement.lessons import panels as own
        from diapason.improvement.lessons import searching, weekly
        from diapason.improvement.lessons.facts import answering, proposing  # noqa: F401  registered
        from diapason.improvement.lessons.queries.checks import register_checks
        from diapason.improvement.lessons.queries.origins import origin_of
        from diapason.ui import links, navigation, panels, search

        links.register("lesson", "lessons:lesson", message("Lesson"))
        navigation.add("improve", message("Lessons"), "lessons:lessons", 30, ability="report_event")
        register_checks()
        weekly.register()
        origins.register("lesson", origin_of)
        search.register(message("Lessons"), searching.lessons)
        panels.register("quality_event", own.alike_lessons, 40)
        panels.register("quality_event_lesson", own.lesson_of_event, 10)
        panels.register("my_day", own.lessons_of_mine, 45)
        panels.register("organization", own.organization_lessons, 60)
        panels.register("network_home", own.network_lessons, 60)
