"""Compute the indicator that inclusions answer: persons included in the studies of the central functions."""

from django.db.models import Sum

from diapason.context.indicators.queries.studies import central_records
from diapason.context.indicators.rules.computation import Completeness, Measure, Part, computes
from diapason.context.network.models import Organization
from diapason.kernel.dates import Period
from diapason.operation.enrolment.queries import in_period, with_sponsor, without_doubles


@computes("central_inclusions", records=central_records)
def central_inclusions(period: Period) -> Measure:
    """Return the persons included in the period, wherever it was, in studies sponsored by a central function.

    Without a single monthly count the number is not known, which is not zero; three queries.
    """
    day = period.end or period.start
    functions = Organization.objects.open_on(day).filter(kind=Organization.Kind.CENTRAL_FUNCTION)
    central = dict(functions.order_by().values_list("pk", "code"))
    rows = with_sponsor(in_period(period)).filter(sponsor__in=list(central)).order_by()
    known = set(rows.values_list("sponsor", flat=True).distinct())
    missing = tuple(sorted(code for key, code in central.items() if key not in known))
    done = Completeness(len(central), len(known), missing)
    if not known:
        return Measure(completeness=done)
    counts = dict(without_doubles(rows).values_list("sponsor").annotate(total=Sum("included")))
    parts = tuple(Part(key, counts.get(key, 0)) for key in sorted(known))
    return Measure(sum(counts.get(key, 0) for key in known), completeness=done, parts=parts)
