"""Declare the chapter to Django."""

from django.apps import AppConfig

from diapason.kernel.words import message


class PeopleConfig(AppConfig):
    """Hold persons, roles and accounts."""

    name = "diapason.context.people"
    label = "people"
    verbose_name = message("People")

    def ready(self) -> None:
        """Connect the bridge and the log, add the pages to the navigation."""
        from diapason.audit_trail import stories
        from diapason.context.mailing import wording
        from diapason.context.people import bridge, checks, security_log  # noqa: F401
        from diapason.context.people.models import role_said
        from diapason.ui import links, navigation

        bridge.connect()
        security_log.connect()
        wording.register("invitation", message("invitation"))
        wording.register("sign_in", message("sign-in"))
        stories.register_code("role", role_said)
        links.register("person", "people:person", message("person"))
        navigation.add("administration", message("Accounts"), "people:accounts", 10, "manage_accounts")
        navigation.add("administration", message("Roles"), "people:roles", 20)
