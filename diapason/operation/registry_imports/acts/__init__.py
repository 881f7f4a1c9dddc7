"""Hand in a file, confirm its preview, take it over batch by batch, end it; decide about names of places."""

from diapason.operation.registry_imports.acts.deciding import decide_place
from diapason.operation.registry_imports.acts.running import (
    cancel_import,
    confirm_import,
    end_import,
    open_import,
    show_preview,
)
from diapason.operation.registry_imports.acts.taking import take_over

__all__ = [
    "cancel_import",
    "confirm_import",
    "decide_place",
    "end_import",
    "open_import",
    "show_preview",
    "take_over",
]
