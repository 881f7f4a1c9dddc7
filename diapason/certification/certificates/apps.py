"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Certificates(AppConfig):
    """Configure the chapter of certificates."""

    name = "diapason.certification.certificates"
    label = "certificates"
    verbose_name = "Certificates"

    def ready(self) -> None:
        """Register facts, computing functions, links, panels, search and navigation."""
        from diapason.certification.certificates import panels
        from diapason.certification.certificates.facts import audits, certificates  # noqa: F401  registered
        from diapason.certification.certificates.queries import figures, search
        from diapason.ui import links, navigation
        from diapason.ui import panels as pages
        from diapason.ui import search as searching

        figures.register()
        links.register("certificate", "certificates:certificate", message("Certificate"))
        links.register("certification-audit", "certificates:audit", message("Certification audit"))
        navigation.add("certification", message("Certificates"), "certificates:certificates", 30)
        navigation.add("certification", message("What is covered"), "certificates:coverage", 40)
        navigation.add("certification", message("Audit time and sampling"), "certificates:calculator", 50)
        navigation.add("certification", message("Certification bodies"), "certificates:bodies", 60)
        searching.register(message("Certificates"), search.certificates_matching)
        pages.register("network_home", panels.network_map, 20)
        pages.register("organization", panels.organization_certificates, 10)
        pages.register("my_day", panels.alarms_of_mine, 10)
