"""Add files to records and take them off; the acts of the records' chapters call these, after their own check."""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.context.files import permissions, queries, store
from diapason.context.files.facts import FileKept, FileRemoved
from diapason.context.files.models import KeptFile
from diapason.context.files.store import Staged
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@act
def keep_file(
    *,
    staged: Staged,
    kind: str,
    key: str,
    organization: Any = None,
    added_by: Any = None,
    made_from: str = "",
    by: Any,
    on: date,
) -> KeptFile:
    """Add a staged file to the record "kind:key" (ISO 9001 §7.5.3).

    `added_by` is a Person, None where nobody is to be named. `made_from` is the digest of what was handed in when a
    masked copy is kept in its place: those bytes go with the commit, not at the next sweep. Refused when no chapter
    reads files of that kind, or when the bytes are not in the store. The same bytes kept twice with one record stay
    one line.
    """
    permissions.may_keep_file(kind).require()
    if not store.holds(staged.digest):
        Verdict.no(message("The file is no longer there; please choose it again.")).require()
    if made_from:
        transaction.on_commit(partial(store.discard, made_from, queries.is_needed))
    there = KeptFile.objects.of(kind, key).standing().filter(digest=staged.digest).first()
    if there is not None:
        return there
    code = organization.code if organization is not None else ""
    file = KeptFile(
        number=take_number("FI", code or "NET", on.year),
        subject_kind=kind,
        subject_key=key,
        organization=organization,
        digest=staged.digest,
        size=staged.size,
        media_type=staged.media_type,
        name=staged.name,
        added_by=added_by,
        added_on=on,
    )
    file.save()
    record(_kept(file, code), by=by)
    return file


def _kept(file: KeptFile, organization: str) -> FileKept:
    return FileKept(
        subject=file.subject,
        organization=organization,
        file=file.number,
        digest=file.digest,
        size=file.size,
        media_type=file.media_type,
    )


@act
def remove_file(*, file: KeptFile, reason: str, version: int | None = None, by: Any, on: date) -> KeptFile:
    """Take a file off its record, with the reason; its bytes go at the next sweep when no other record needs them."""
    fresh: KeptFile = reread(file, version)
    permissions.may_remove_file(fresh).require()
    if not reason.strip():
        Verdict.no(message("Removing a file needs a reason.")).require()
    fresh.removed_on, fresh.removal_reason = on, reason.strip()[:300]
    fresh.save()
    code = fresh.organization.code if fresh.organization else ""
    fact = FileRemoved(
        subject=fresh.subject,
        organization=code,
        file=fresh.number,
        digest=fresh.digest,
        reason=fresh.removal_reason,
    )
    record(fact, by=by)
    return fresh
