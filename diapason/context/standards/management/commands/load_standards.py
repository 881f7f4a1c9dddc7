"""Load the catalogue of standards from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from diapason.audit_trail.acts import automaton
from diapason.context.standards import acts, queries
from diapason.context.standards.rules.planning import Plan
from diapason.context.standards.rules.reading import read_catalogue
from diapason.context.standards.rules.records import records_of
from diapason.kernel import clock


class Command(BaseCommand):
    """Load what catalogue/standards declares, or say what a loading would do."""

    help = "Load the standards of the catalogue; with --preview say what would change, and change nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare --preview."""
        parser.add_argument(
            "--preview", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args: Any, preview: bool, **options: Any) -> None:
        """Read the files, then preview or load."""
        catalogue = read_catalogue(settings.DIAPASON["catalogue"] / "standards")
        if catalogue.problems:
            raise CommandError("\n".join(str(problem) for problem in catalogue.problems))
        if preview:
            plan = queries.loading_plan(records_of(catalogue))
        else:
            plan = acts.load_standards(catalogue=catalogue, by=automaton("load_standards"), on=clock.today())
        self._tell(plan)

    def _tell(self, plan: Plan) -> None:
        for section in plan.sections:
            counts = (
                f"{len(section.added)} added, {len(section.changed)} changed, {len(section.withdrawn)} withdrawn, "
                f"{len(section.restored)} restored, {section.unchanged} unchanged"
            )
            self.stdout.write(f"{section.kind:<10} {counts}")
            for key, differences in section.changed.items():
                self.stdout.write(f"  changed   {key}: {', '.join(differences)}")
            for key in section.withdrawn:
                self.stdout.write(f"  withdrawn {key}")
