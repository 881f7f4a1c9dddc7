"""Configure the chapter."""

from django.apps import AppConfig


class RegistryImports(AppConfig):
    """Configure the chapter of registry imports."""

    name = "diapason.operation.registry_imports"
    label = "registry_imports"
    verbose_name = "Registry imports"
