"""Check the whole trail: `python3 run.py manage verify_trail`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diapason.audit_trail import verify
from diapason.audit_trail.entries import instance_identifier
from diapason.kernel.clock import wall_clock
from diapason.ui.snapshot import read_only


class Command(BaseCommand):
    """Verify entries, tree, heads, keys, triggers and today's records; exit 1 and name the first wrong entry."""

    help = "Check the whole audit trail; exit code 1 and the first wrong entry when something is wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--no-records", action="store_true", help="leave out the comparison with today's records"
        )
        parser.add_argument("--quiet", action="store_true", help="show no progress")

    def handle(self, *_: Any, **options: Any) -> None:
        """Check, say what was found."""
        begun = wall_clock()
        shown = verify.quiet if options["quiet"] else self._show
        instance_identifier()  # made on first use, which a snapshot does not allow
        with read_only():
            result = verify.verify(shown, records=not options["no_records"])
        seconds = (wall_clock() - begun).total_seconds()
        counts = f"{result.entries} entries, {result.heads} signed heads, {result.records} records, {seconds:.1f} s"
        if not result.faults:
            self.stdout.write(f"The trail is whole: {counts}, root {result.root}")
            return
        for fault in result.faults[:50]:
            self.stdout.write(str(fault))
        if len(result.faults) > 50:
            self.stdout.write(f"… and {len(result.faults) - 50} more")
        first = "" if result.first_wrong is None else f" First wrong entry: {result.first_wrong}."
        raise CommandError(
            f"The trail is NOT whole: {len(result.faults)} faults in {counts}.{first}", returncode=1
        )

    def _show(self, step: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{step}: {done} / {total}    ", ending="\n" if done == total else "\r")
            self.stderr.flush()
        elif done == total:
            self.stderr.write(f"{step}: {total}")
