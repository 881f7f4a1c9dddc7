"""Issue the invented communiqué of 9 October 2018, and a fact sheet of the network, out of the frozen edition."""

from datetime import date

from diapason.audit_trail.open_act import Automaton
from diapason.context.indicators.models import Claim, FrozenEdition
from diapason.disclosure.communiques import acts, queries

ISSUED_ON = date(2018, 10, 9)


def issue(*, by: Automaton) -> None:
    """Draft both from the first frozen edition and issue them; a figure without sign-off keeps them provisional."""
    edition = FrozenEdition.objects.order_by("pk").first()
    if edition is None:
        return
    for kind in ("communique", "fact_sheet"):
        drafted = acts.draft_communique(
            kind=kind,
            edition=edition,
            texts=queries.proposed_texts(kind, edition),
            figures=queries.proposed_figures(kind, queries.figures_of(edition)),
            milestones=queries.milestones(ISSUED_ON),
            claims=list(Claim.objects.order_by("code")) if kind == "communique" else [],
            by=by,
            on=ISSUED_ON,
        )
        acts.issue_communique(communique=drafted, final=False, version=None, by=by, on=ISSUED_ON)
