"""Work through an import in the background: read and stage, then take over batch by batch."""

from diapason.operation.registry_imports.jobs.tasks import carry_out_import, prepare_import

__all__ = ["carry_out_import", "prepare_import"]
