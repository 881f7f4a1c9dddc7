"""Print the figures of a year."""

import json
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diapason.audit_trail.acts import automaton
from diapason.context.indicators import jobs, queries
from diapason.context.indicators.models import Figure
from diapason.context.network.models import Organization
from diapason.kernel.clock import now
from diapason.kernel.dates import Period
from diapason.kernel.words import message


class Command(BaseCommand):
    """Compute the figures of a year from the records, as of its last day, and print them."""

    help = "Print the figures of a year, computed from the records as of its last day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument(
            "--organization", default="", help="code of an organization; the whole network without it"
        )
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument(
            "--store", action="store_true", help="also store them as the figures of that year"
        )

    def handle(self, *args: Any, year: int, organization: str, store: bool, **options: Any) -> None:
        """Compute, store when asked, print."""
        if organization and not Organization.objects.filter(code=organization).exists():
            raise CommandError(f"No organization has the code {organization}.")
        if store:
            jobs.compute_figures(year=year, by=automaton(message("figures")), at=now())
        drafts = queries.drafts(Period.year(year))
        chosen = [
            one for one in drafts if (one.organization.code if one.organization else "") == organization
        ]
        if options["format"] == "json":
            self.stdout.write(json.dumps([as_json(one) for one in chosen], ensure_ascii=False, indent=2))
            return
        width = max((len(one.indicator.code) for one in chosen), default=0)
        for one in chosen:
            of = f" / {one.of}" if one.of else ""
            doubt = f" ({one.received}/{one.expected})" if one.status == "incomplete" else ""
            self.stdout.write(f"{one.indicator.code:<{width}}  {one.said + of:>20}  {one.status}{doubt}")


def as_json(figure: Figure) -> dict[str, Any]:
    """Return a figure as plain values."""
    return {
        "indicator": figure.indicator.code,
        "definition": figure.definition.revision,
        "organization": figure.organization.code if figure.organization else None,
        "period": {"start": figure.period_start.isoformat(), "end": figure.period_end.isoformat()},
        "value": plain(figure.value),
        "value_on": figure.value_on.isoformat() if figure.value_on else None,
        "numerator": plain(figure.numerator),
        "denominator": plain(figure.denominator),
        "qualifier": figure.qualifier,
        "status": figure.status,
        "completeness": {"expected": figure.expected, "received": figure.received, "missing": figure.missing},
        "source": figure.source,
    }


def plain(number: Decimal | None) -> int | float | None:
    """Return the number without useless zeros."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
