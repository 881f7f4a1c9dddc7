"""Load the public record from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from diapason.audit_trail.acts import automaton
from diapason.certification.programme.acts import load_public_record
from diapason.certification.programme.queries import public_record
from diapason.kernel import clock
from diapason.kernel.verdicts import Refused
from diapason.ui import wording


class Command(BaseCommand):
    """Load what catalogue/public_record holds, or say what a loading would do."""

    help = "Load the public record: facts with their sources. With --preview say what would change, and change nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare --preview."""
        parser.add_argument(
            "--preview", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args: Any, preview: bool, **options: Any) -> None:
        """Read the files, then preview or load."""
        record = public_record.read()
        plan = public_record.plan(record)
        if not plan.allowed:
            raise CommandError(wording.reason_text(plan.allowed))
        if not preview:
            try:
                plan = load_public_record(record=record, by=automaton("load_public_record"), on=clock.today())
            except Refused as refusal:
                raise CommandError(wording.reason_text(refusal.verdict)) from refusal
        verb = "to load" if preview else "loaded"
        for name in ("organizations", "sites", "certificates", "programmes", "figures"):
            self.stdout.write(f"{name:<14} {getattr(plan, name)} {verb}")
        self.stdout.write(f"{'there already':<14} {plan.unchanged}")
