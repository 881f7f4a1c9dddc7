"""Declare the chapter to Django."""

from django.apps import AppConfig

from diapason.kernel.words import message


class MailingConfig(AppConfig):
    """Hold the outbox."""

    name = "diapason.context.mailing"
    label = "mailing"
    verbose_name = message("Outgoing mail")

    def ready(self) -> None:
        """Let acts wake the worker, let the worker begin with the outbox, add the page to the navigation."""
        from diapason.audit_trail import jobs as trail_jobs
        from diapason.context.mailing import acts, checks, jobs  # noqa: F401  registered
        from diapason.ui import links, navigation

        acts.wake_with(jobs.wake)
        trail_jobs.begin_also(jobs.begin)
        links.register("message", "mailing:message", message("e-mail"))
        navigation.add("administration", message("Outgoing mail"), "mailing:messages", 40, "manage_accounts")
