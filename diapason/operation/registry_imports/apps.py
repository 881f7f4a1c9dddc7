"""Configure the chapter."""

from django.apps import AppConfig

from diapason.kernel.words import message


class RegistryImports(AppConfig):
    """Configure the chapter of registry imports."""

    name = "diapason.operation.registry_imports"
    label = "registry_imports"
    verbose_name = "Registry imports"

    def ready(self) -> None:
        """Register links and navigation."""
        from diapason.ui import links, navigation

        links.register("registry-import", "registry_imports:import", message("Registry import"))
        navigation.add(
            "studies", message("Registry imports"), "registry_imports:imports", 50, "import_registry"
        )
