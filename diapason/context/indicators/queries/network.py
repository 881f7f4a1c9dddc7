"""Compute what the network's own register says: centres and hospital sites."""

from collections import Counter

from diapason.context.indicators.rules.computation import Completeness, Measure, Part, RecordsLink, computes
from diapason.context.network.queries import centres_on, hospital_sites_on
from diapason.kernel.dates import Period
from diapason.kernel.words import message


def centre_records(period: Period, organization: str) -> list[RecordsLink]:
    """Return the list of organizations."""
    return [RecordsLink(message("The organizations of the network"), "network:organizations")]


@computes("centres", records=centre_records)
def centres(period: Period) -> Measure:
    """Return the number of establishments open on the last day."""
    count = centres_on(period.end or period.start).count()
    return Measure(numerator=count) if count else Measure()


@computes("hospital_sites", records=centre_records)
def hospital_sites(period: Period) -> Measure:
    """Return the number of hospital sites open on the last day, with those of each establishment."""
    day = period.end or period.start
    establishments = dict(centres_on(day).values_list("pk", "code"))
    found = hospital_sites_on(day).order_by().values_list("organization_id", flat=True)
    sites = Counter(key for key in found if key in establishments)
    if not establishments:
        return Measure()
    missing = tuple(sorted(code for key, code in establishments.items() if not sites[key]))
    return Measure(
        numerator=sum(sites.values()),
        completeness=Completeness(len(establishments), len(establishments) - len(missing), missing),
        parts=tuple(Part(key, number) for key, number in sorted(sites.items())),
    )
