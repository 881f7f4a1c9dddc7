"""Say what columns and records are called, where their model gives no label (catalogue/words/columns.yaml)."""

from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext

from diapason.kernel.declarations import read_yaml
from diapason.kernel.words import message
from diapason.ui.languages import in_language

ENDINGS: Final = {
    "_fr": message("%(name)s in French"),
    "_en": message("%(name)s in English"),
    "_earliest": message("%(name)s, at the earliest"),
    "_latest": message("%(name)s, at the latest"),
    "_wording": message("%(name)s, in the source’s words"),
}


@cache
def _declared() -> dict[str, dict[str, dict[str, str]]]:
    path = settings.ROOT / "catalogue" / "words" / "columns.yaml"
    declared: dict[str, dict[str, dict[str, str]]] = read_yaml(path.read_text(encoding="utf-8"))
    return declared


def _said(words: dict[str, str]) -> str:
    return in_language(words["fr"], words["en"])


def has_own_label(field: "models.Field[Any, Any]") -> bool:
    """Tell whether the model gives the column a label of its own."""
    return str(field.verbose_name) != field.name.replace("_", " ")


def column_said(field: "models.Field[Any, Any]") -> str:
    """Return what a column is called in the reader's language; its bare name when nobody has told."""
    if has_own_label(field):
        return str(capfirst(field.verbose_name))
    columns = _declared()["columns"]
    if field.name in columns:
        return str(capfirst(_said(columns[field.name])))
    for ending, wording in ENDINGS.items():
        stem = field.name.removesuffix(ending)
        if stem != field.name and stem in columns:
            return str(capfirst(gettext(wording) % {"name": _said(columns[stem])}))
    return str(capfirst(field.verbose_name))


def record_said(model: type[models.Model]) -> str:
    """Return what a record of a model is called in the reader's language."""
    name = str(model._meta.verbose_name)
    words = _declared()["records"].get(name)
    return str(capfirst(_said(words) if words else name))
