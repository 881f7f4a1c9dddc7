"""Take a new signing key: `python3 run.py manage rotate_key`."""

from typing import Any

from django.core.management.base import BaseCommand

from diapason.audit_trail import heads, keys
from diapason.audit_trail.acts import automaton


class Command(BaseCommand):
    """Make a new key, introduced by a signature of the one in use; the old private key may then be destroyed."""

    help = "Make a new key for signing heads; the one in use introduces it."

    def handle(self, *_: Any, **options: Any) -> None:
        """Sign with the old key first, then with the new one."""
        heads.sign_head("rotation")
        key = keys.rotate(by=automaton("rotate_key"))
        heads.sign_head("rotation")
        self.stdout.write(f"New key: {key.key_id}")
