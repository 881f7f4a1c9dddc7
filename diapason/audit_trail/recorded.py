"""Give the base of every model that the trail watches."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models


class Recorded(models.Model):
    """Be the base of every model that the trail watches; `version` counts its changes."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, the version always with it."""
        if update_fields is not None:
            update_fields = {*update_fields, "version"}
        super().save(*args, update_fields=update_fields, **kwargs)
