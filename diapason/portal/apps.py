"""Declare the portal to Django."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Portal(AppConfig):
    """Hold the pages made from every chapter's panels."""

    name = "diapason.portal"
    label = "portal"

    def ready(self) -> None:
        """Add the pages to the navigation and say where a reader may stand."""
        from diapason.audit_trail import readers
        from diapason.portal import places
        from diapason.portal.trail import naming
        from diapason.ui import context, navigation

        context.register_places(places.places_of)
        readers.register(names=naming.names, codes=naming.codes)
        for prefix, kind in naming.CLOSED.items():
            readers.close(prefix, kind)
        navigation.add("day", message("My day"), "portal_day", 10)
        navigation.add("day", message("Guide"), "portal_guide", 90)
        navigation.add("steer", message("Network"), "portal_network", 10)
        navigation.add("administration", message("Administration"), "portal_administration", 1)
        navigation.add("administration", message("Components"), "ui_gallery", 90, "manage_accounts")
        navigation.add("administration", message("Audit trail"), "trail:entries", 30, "read_trail")
        navigation.add("administration", message("Verification"), "trail:verification", 31, "verify_trail")
