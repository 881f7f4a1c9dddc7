"""Print the accounts of the demonstration: `manage demo_accounts [--format json|table]`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language

from diapason.context.people.queries import demo_accounts
from diapason.context.people.rules import DEMO_PASSWORD


class Command(BaseCommand):
    """Print address, role and password of each demo account."""

    help = "Print the accounts of the demonstration, one per role."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the shape of the answer."""
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the list; without a fictional network there is none."""
        rows = demo_accounts()
        if not rows:
            raise CommandError(
                "No demo accounts: they exist only in a fictional network that has been loaded."
            )
        language = get_language() or "fr"
        lines = [
            {
                "email": row.email,
                "role": row.role.text(language),
                "code": row.code,
                "organization": row.organization,
                "password": DEMO_PASSWORD,
            }
            for row in rows
        ]
        if options["format"] == "json":
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=2))
            return
        widths = {name: max(len(line[name]) for line in lines) for name in lines[0]}
        for line in lines:
            self.stdout.write("  ".join(line[name].ljust(widths[name]) for name in line).rstrip())
