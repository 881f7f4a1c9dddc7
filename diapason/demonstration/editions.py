"""Sign off the figures of 2017 but two, and freeze the network's: the edition behind the communiqué."""

from datetime import date

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.open_act import Automaton
from diapason.context.indicators import acts, permissions
from diapason.context.indicators.models import Figure

YEAR = 2017
SIGNED_ON = date(2018, 9, 28)
OF_ORGANIZATIONS = ("studies_sponsored_active", "patients_in_trials_release", "cohort_patients")
"""Indicators whose figures each organization signed off too."""
TOLD_BY_MILESTONES = ("organizations_certified", "network_certified_since")
"""Left out of the edition: at the end of 2017 the story was not over, the milestones tell how it ended."""
WAITING = {("central_publications", ""), ("studies_sponsored_active", "PER")}
"""Figures that nobody has signed off yet: they are marked, never hidden."""


def freeze(*, today: date, by: Automaton) -> None:
    """Sign off the figures of 2017 and freeze those of the network."""
    second = automaton(f"{by.name}, sign-off")  # nobody signs off what he or she declared
    known = Figure.objects.filter(period_start=date(YEAR, 1, 1), period_end=date(YEAR, 12, 31))
    known = known.select_related("indicator", "definition", "organization", "declared").order_by("pk")
    for figure in known:
        code = figure.organization.code if figure.organization else ""
        wanted = not code or figure.indicator.code in OF_ORGANIZATIONS
        if (
            wanted
            and (figure.indicator.code, code) not in WAITING
            and permissions.may_sign_figure(figure, by=second)
        ):
            acts.sign_figure(
                figure=figure, fingerprint=figure.fingerprint, version=None, by=second, on=SIGNED_ON
            )
    acts.freeze_edition(
        name_fr=f"Chiffres {YEAR} du communiqué",
        name_en=f"{YEAR} figures of the release",
        figures=list(known.filter(organization=None).exclude(indicator__code__in=TOLD_BY_MILESTONES)),
        by=by,
        on=date(2018, 10, 2),
    )
