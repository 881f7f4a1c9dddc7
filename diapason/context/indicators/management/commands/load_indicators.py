"""Load the definitions of the catalogue."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from diapason.audit_trail.acts import automaton
from diapason.context.indicators.acts import load_claims, load_definitions
from diapason.context.indicators.models import IndicatorDefinition
from diapason.context.indicators.rules.differences import differences
from diapason.context.indicators.rules.reading import read_catalogue
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused
from diapason.kernel.words import message


class Command(BaseCommand):
    """Bring the indicators of catalogue/indicators into force, or show what that would change."""

    help = (
        "Load the indicators of catalogue/indicators (--preview changes nothing, --claims takes claims too)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--preview", action="store_true", help="show what would change and change nothing"
        )
        parser.add_argument("--claims", action="store_true", help="also record the claims of the catalogue")

    def handle(self, *args: Any, preview: bool, claims: bool, **options: Any) -> None:
        """Read, refuse with every error, preview or load."""
        catalogue = read_catalogue(settings.DIAPASON["catalogue"] / "indicators")
        if catalogue.errors:
            raise CommandError("\n".join(str(error) for error in catalogue.errors))
        in_force = IndicatorDefinition.objects.filter(is_current=True).values_list(
            "indicator__code", "revision", "content_hash"
        )
        found = differences(
            {code: (revision, text) for code, revision, text in in_force}, catalogue.indicators
        )
        for word, codes in (
            ("created", found.created),
            ("revised", found.revised),
            ("changed without a higher version", found.forgotten),
        ):
            for code in codes:
                self.stdout.write(f"{word}: {code}")
        self.stdout.write(f"unchanged: {len(found.unchanged)}")
        if preview:
            return
        by, on = automaton(message("catalogue")), today()
        try:
            load_definitions(declarations=catalogue.indicators, by=by, on=on)
            if claims:
                recorded = load_claims(declarations=catalogue.claims, by=by, on=on)
                self.stdout.write(f"claims recorded: {len(recorded)}")
        except Refused as refused:
            raise CommandError(str(refused)) from refused
