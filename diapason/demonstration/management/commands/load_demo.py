"""Load the demonstration into an empty database: `manage load_demo [--network fictional|public] [--scale N]`."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language

from diapason.context.network.models import Organization
from diapason.demonstration import loading
from diapason.demonstration.writing import gathered
from diapason.kernel.clock import today


class Command(BaseCommand):
    """Load the fictional network, or the public record."""

    help = "Load the demonstration into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--network", choices=["fictional", "public"], default="fictional")
        parser.add_argument("--scale", type=int, default=1, help="make a network of N times the studies")

    def handle(self, *args: Any, network: str, scale: int, **options: Any) -> None:
        """Run the steps, saying what each took."""
        if Organization.objects.exists():
            raise CommandError("The database already holds a network: the demonstration needs an empty one.")
        if (network == "fictional") != loading.is_fictional():
            raise CommandError(f"These settings are not those of the {network} network.")
        day = today()
        steps = (
            loading.fictional(today=day, scale=scale) if network == "fictional" else loading.public(today=day)
        )
        french = (get_language() or "fr").startswith("fr")
        with gathered():
            for label_fr, label_en, perform in steps:
                began = time.monotonic()
                self.stdout.write(f"  {label_fr if french else label_en} … ", ending="")
                self.stdout.flush()
                perform()
                self.stdout.write(f"{time.monotonic() - began:.1f} s")
