"""Sign heads of the tree: what an outsider keeps, to catch a trail that is cut off or rewritten later."""

from datetime import timedelta
from functools import partial

from django.db import connection, transaction

from diapason.audit_trail import keys, merkle
from diapason.audit_trail.canonical import canonical_text
from diapason.audit_trail.entries import instance_identifier, tree_size
from diapason.audit_trail.models import Head
from diapason.audit_trail.nodes import with_stored_nodes
from diapason.audit_trail.recording import moment
from diapason.kernel.clock import wall_clock

HOUR = timedelta(hours=1)


def sign_head(reason: str) -> Head:
    """Sign the head of the tree as it stands, unless the last head is still that one; return it.

    Opens its own transaction: call it outside acts. Inside one, call `sign_head_after`.
    """
    key = keys.current()
    private = keys.load(key)
    instance = instance_identifier()
    with transaction.atomic():
        _take_lock()
        size, last = tree_size(), last_head()
        if last is not None and last.size == size:
            return last
        root, at = with_stored_nodes(partial(merkle.root, size)).hex(), wall_clock()
        statement = canonical_text(
            {
                "v": 1,
                "instance": instance,
                "size": size,
                "root": root,
                "signed_at": moment(at),
                "key_id": key.key_id,
            }
        )
        return Head.objects.create(
            size=size, root=root, signed_at=at, key_id=key.key_id, statement=statement, reason=reason,
            signature=private.sign(statement.encode()).hex(),
        )  # fmt: skip


def sign_head_after(reason: str) -> None:
    """Sign the head as soon as the act that is open has been committed (a frozen edition, a signature)."""
    transaction.on_commit(lambda: sign_head(reason), robust=True)  # a key that is missing undoes no act


def sign_when_due() -> Head | None:
    """Sign the head when the tree grew and the last head is an hour old; return it, None when it is not due."""
    last = last_head()
    if last is not None and (last.size == tree_size() or wall_clock() - last.signed_at < HOUR):
        return None
    return sign_head("hourly")


def last_head() -> Head | None:
    """Return the newest head."""
    return Head.objects.order_by("-size").first()


def _take_lock() -> None:
    """Wait for the acts that are writing; on SQLite the transaction itself does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('diapason.trail'))")
