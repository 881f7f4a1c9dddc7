"""Draw the rows of the portfolio, and the sites of a study."""

from collections.abc import Mapping

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from diapason.context.studies.models import InvestigatorSite, Study
from diapason.ui.icons import icon, state
from diapason.ui.links import addresses
from diapason.ui.pieces import filled
from diapason.ui.wording import figure

MOST_LETTERS = 90
ROW = (
    '<tr><th scope="row"><a href="{}">{}</a> <span class="clause ref">{}</span>{}</th>'
    '<td>{}</td>{}<td>{}</td><td class="n">{}</td><td class="n">{}{}</td></tr>'
)
CONFIDENTIAL = ' <span class="pill">{}{}</span>'
SITE = '<tr><th scope="row">{}{}</th><td>{}</td><td>{}</td><td>{}</td></tr>'
ABROAD = ' <span class="clause">{}</span>'


class Rows:
    """Draw the rows of one page: what many of them share (status, phase, sponsor) is put into words once."""

    def __init__(self, sponsors: Mapping[int | None, str]) -> None:
        self.sponsors = sponsors
        self.shared: dict[tuple[str, str], SafeString] = {}
        self.address = addresses("studies:study")

    def __call__(self, study: Study) -> SafeString:
        """Return one row: names, sponsor, status, phase, category, inclusions, sites."""
        name = study.short_title
        included = study.planned_enrolment if study.actual_enrolment is None else study.actual_enrolment
        return filled(
            ROW,
            self.address(study.key),
            name if len(name) <= MOST_LETTERS else Truncator(name).chars(MOST_LETTERS),
            study.key,
            filled(CONFIDENTIAL, icon("lock"), gettext("confidential")) if study.is_confidential else "",
            self.sponsors.get(study.sponsor_id) or study.sponsor_said,
            self.shared.get((study.status, study.phase)) or self._status_and_phase(study),
            study.category or "–",
            figure(included),
            figure(study.site_count),
            _abroad(study.site_count_abroad),
        )

    def _status_and_phase(self, study: Study) -> SafeString:
        status = state(study.state, study.get_status_display())
        cells = filled("<td>{}</td><td>{}</td>", status, study.get_phase_display())
        self.shared[study.status, study.phase] = cells
        return cells


def site_row(site: InvestigatorSite) -> SafeString:
    """Return one row: the place, its town and country, whether it recruits."""
    return filled(
        SITE,
        _place(site),
        filled(' <span class="clause">× {}</span>', site.listings) if site.listings > 1 else "",
        _town(site),
        site.country_said,
        _standing(site),
    )


def _place(site: InvestigatorSite) -> SafeString | str:
    if site.organization is None:
        return (site.place and site.place.name) or gettext("place not named")
    link = filled('<a href="{}">{}</a>', site.organization.get_absolute_url(), site)
    return filled('{} <span class="clause">{}</span>', link, gettext("member"))


def _town(site: InvestigatorSite) -> str:
    inside = site.site or site.organization
    if inside is not None:
        return str(inside.city)
    return (site.place and site.place.city) or "–"


def _standing(site: InvestigatorSite) -> SafeString:
    if not site.is_listed:
        return state("unk", gettext("no longer listed"))
    if site.status:
        return state(site.state, site.get_status_display())
    return filled('<span class="quiet">{}</span>', gettext("as the study"))


def _abroad(number: int) -> SafeString | str:
    return filled(ABROAD, gettext("%(number)s abroad") % {"number": figure(number)}) if number else ""
