"""Write the canonical export: `python3 run.py manage export_trail FILE`."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diapason.audit_trail import heads, proofs
from diapason.ui.snapshot import read_only


class Command(BaseCommand):
    """Write the whole trail, or only its signed heads, as a file for the stand-alone verifier."""

    help = "Write the canonical export of the audit trail, to be checked with verifier/diapason_verify.py."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--heads", action="store_true", help="only the signed heads and the hashes of the entries"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Sign the head, then write; the file appears whole or not at all."""
        path: Path = options["file"]
        head = heads.sign_head("export")
        part = path.with_name(path.name + ".part")
        lines = proofs.heads_lines(leaves=True) if options["heads"] else proofs.trail_lines()
        try:
            with read_only(), part.open("wb") as file:
                for line in lines:
                    file.write(line)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise CommandError(f"{path}: {error.strerror}") from error
        self.stdout.write(f"{path}: {head.size} entries, root {head.root}")
