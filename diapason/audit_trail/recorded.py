"""Give the base of every model that the trail watches."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar

from django.db import models


@cache
def _words(field: models.Field[Any, Any]) -> Mapping[Any, Any]:
    """Return the choices of a field; their words are translated when they are shown."""
    return dict(field.flatchoices)


class Recorded(models.Model):
    """Be the base of every model that the trail watches; `version` counts its changes.

    Both kinds of columns stand in the trail as salted commitments: PERSONAL ones are shown to nobody there,
    CONFIDENTIAL ones, the texts of an organization, to that organization.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    CONFIDENTIAL: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, the version always with it."""
        if update_fields is not None:
            update_fields = {*update_fields, "version"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:  # noqa: N802 (Django's name)
        """Return a choice in words; Django's own way makes all choices of the field anew, for each row of a list."""
        value = getattr(self, field.attname)
        said = _words(field).get(value, value)
        return "" if said is None else str(said)
