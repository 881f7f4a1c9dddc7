"""Answer which files a record has, and which bytes are still needed."""

from collections.abc import Collection

from diapason.context.files.models import KeptFile


def files_of(kind: str, key: str) -> list[KeptFile]:
    """Return the files kept with a record, oldest first (1 query)."""
    return list(KeptFile.objects.of(kind, key).standing().select_related("added_by"))


def files_by_key(kind: str, keys: Collection[str]) -> dict[str, list[KeptFile]]:
    """Return the files of several records of one kind, by key (1 query)."""
    found: dict[str, list[KeptFile]] = {}
    rows = KeptFile.objects.standing().filter(subject_kind=kind, subject_key__in=keys)
    for file in rows.select_related("added_by").order_by("pk"):
        found.setdefault(file.subject_key, []).append(file)
    return found


def is_needed(digest: str) -> bool:
    """Tell whether a record still has the bytes of that digest."""
    return bool(KeptFile.objects.standing().filter(digest=digest).exists())
