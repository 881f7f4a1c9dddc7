"""Put the table in force at start-up."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Interactions(AppConfig):
    """Configure the table of interactions."""

    name = "diapason.interactions"
    label = "interactions"
    verbose_name = "Interactions"

    def ready(self) -> None:
        """Hand the rows over to the trail."""
        from diapason.audit_trail import reactions
        from diapason.interactions import jobs
        from diapason.interactions.table import INTERACTIONS
        from diapason.ui import navigation

        reactions.replace([row.reaction for row in INTERACTIONS])
        reactions.defer_with(jobs.later)
        navigation.add("steer", message("What follows what"), "interactions:table", 90)
