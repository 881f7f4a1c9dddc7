"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class Standards(AppConfig):
    """Configure the chapter of the standards."""

    name = "diapason.context.standards"
    label = "standards"
    verbose_name = "Standards"

    def ready(self) -> None:
        """Register links, search and navigation."""
        from diapason.context.standards import queries
        from diapason.ui import links, navigation, search

        links.register("edition", "standards:edition", message("Edition"))
        links.register("clause", "standards:clause", message("Clause"))
        search.register(message("Clauses"), queries.clauses_matching)
        navigation.add("certification", message("Standards"), "standards:list", 40)
