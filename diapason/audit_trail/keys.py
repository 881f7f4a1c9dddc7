"""Keep the private keys as 0600 files outside the database, and the chain of public keys inside it."""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db.models import Manager

from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.canonical import canonical_bytes
from diapason.audit_trail.entries import instance_identifier
from diapason.audit_trail.signing.facts import SigningKeyIntroduced
from diapason.audit_trail.signing.models import SigningKey
from diapason.kernel import clock


class KeyMissing(RuntimeError):
    """Say that the private key of a public key is not in the folder of the keys, or is not the right one."""


def folder() -> Path:
    """Return where the private keys lie."""
    return Path(settings.DIAPASON["keys"])


def path_of(key_id: str) -> Path:
    """Return the file of a private key."""
    return folder() / f"trail-{key_id[:16]}.pem"


def fingerprint(public_key: bytes) -> str:
    """Return the hex SHA-256 of the 32 bytes of a public key."""
    return hashlib.sha256(public_key).hexdigest()


def public_bytes(private: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public half."""
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def introduction_text(instance: str, previous: str | None, following: str) -> bytes:
    """Return what the previous key signs to introduce the next one."""
    return canonical_bytes({"v": 1, "instance": instance, "previous": previous, "next": following})


def current() -> SigningKey:
    """Return the key in use; the first one is made when there is none."""
    chain: Manager[SigningKey] = SigningKey.objects
    return chain.order_by("-pk").first() or rotate(by=automaton("keys"))


def load(key: SigningKey) -> Ed25519PrivateKey:
    """Return the private half; raises KeyMissing."""
    try:
        private = load_pem_private_key(path_of(key.key_id).read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise KeyMissing(f"{path_of(key.key_id).name}: {error}") from error
    if not isinstance(private, Ed25519PrivateKey) or fingerprint(public_bytes(private)) != key.key_id:
        raise KeyMissing(f"{path_of(key.key_id).name} holds another key")
    return private


def is_signed(key: SigningKey, text: bytes, signature: str) -> bool:
    """Tell whether this key signed the text."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public_key)).verify(
            bytes.fromhex(signature), text
        )
    except Exception:  # noqa: BLE001  whatever is wrong with it, it is not signed
        return False
    return True


def rotate(*, by: Any, at: datetime | None = None) -> SigningKey:
    """Make a new key, have the one in use introduce it, and use it from now on (the first one introduces itself)."""
    private = Ed25519PrivateKey.generate()
    public = public_bytes(private)
    old = SigningKey.objects.order_by("-pk").first()
    instance = instance_identifier()
    signature = ""
    if old is not None:
        signature = load(old).sign(introduction_text(instance, old.key_id, public.hex())).hex()
    path = path_of(fingerprint(public))
    _write(path, private)
    made = introduce_key(
        public_key=public.hex(), previous=old, introduction=signature, by=by, at=at or clock.wall_clock()
    )
    if made.public_key != public.hex():
        path.unlink()
    return made


@act
def introduce_key(
    *, public_key: str, previous: SigningKey | None, introduction: str, by: Any, at: datetime
) -> SigningKey:
    """Enter a public key into the chain; when another process was quicker, return the one that it entered."""
    quicker = SigningKey.objects.order_by("-pk").first()
    if quicker != previous and quicker is not None:
        return quicker
    key_id = fingerprint(bytes.fromhex(public_key))
    made = SigningKey.objects.create(
        key_id=key_id, public_key=public_key, previous=previous, introduction=introduction, introduced_at=at
    )
    before = previous.key_id if previous else ""
    record(SigningKeyIntroduced(subject="trail:keys", fingerprint=key_id, previous=before), by=by)
    return made


def _write(path: Path, private: Ed25519PrivateKey) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def public_chain() -> list[dict[str, Any]]:
    """Return the public keys from the first on, as exports state them."""
    return [
        {"key": key.public_key, "signature": key.introduction or None}
        for key in SigningKey.objects.order_by("pk")
    ]
