"""Sign the head of the trail: `python3 run.py manage sign_head`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from diapason.audit_trail import heads, jobs


class Command(BaseCommand):
    """Sign the head of the tree as it stands; nothing happens when it has not grown."""

    help = "Sign the head of the audit trail, if it has grown since the last one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--reason", default="command", help="why, in one word (stop, export…)")
        parser.add_argument(
            "--hourly", action="store_true", help="put the hourly signing into the queue of jobs"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Sign, or see to it that the jobs do every hour."""
        if options["hourly"]:
            jobs.begin()
            self.stdout.write("The head will be signed every hour.")
            return
        head = heads.sign_head(options["reason"][:40])
        self.stdout.write(f"{head.size} entries, root {head.root}, signed {head.signed_at.isoformat()}")
