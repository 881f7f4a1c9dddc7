"""Configure the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext

from diapason.kernel.words import message


class ActionPlan(AppConfig):
    """Configure the chapter of actions."""

    name = "diapason.improvement.action_plan"
    label = "action_plan"
    verbose_name = "Action plan"

    def ready(self) -> None:
        """Register facts, links, what waits on one's day, panels, the letters of reminders and their daily job."""
        from diapason.audit_trail import jobs as trail_jobs
        from diapason.audit_trail import stories
        from diapason.context.files import readers
        from diapason.context.mailing import wording
        from diapason.improvement.action_plan import days, jobs, measures
        from diapason.improvement.action_plan import panels as own
        from diapason.improvement.action_plan.facts import carrying, handing, planning, seeding  # noqa: F401  registered
        from diapason.improvement.action_plan.models import KIND
        from diapason.improvement.action_plan.permissions import may_read_files
        from diapason.improvement.action_plan.queries.indicators import yearly_figures
        from diapason.improvement.action_plan.rules import criterion
        from diapason.improvement.action_plan.rules.moves import STATES
        from diapason.ui import links, navigation, panels

        readers.register(
            KIND,
            may_read_files,
            message("whoever reads the plan of the organization, carries the action or checks it"),
        )
        measures.register(criterion.INDICATOR, yearly_figures)
        stories.register_code("ActionSeeded.to_state", lambda code: gettext(STATES.get(code, code)))
        trail_jobs.begin_also(jobs.begin)
        wording.register("digest", message("Weekly reminder"))
        wording.register("check_invitation", message("Invitation to check an action"))
        links.register("action", "action_plan:action", message("Action"))
        navigation.add("improve", message("Action plan"), "action_plan:actions", 15, "read_actions")
        panels.register("my_day", days.actions_of_the_day, 10)
        panels.register("organization", own.organization_actions, 45)
        panels.register("network_home", own.network_actions, 70)
