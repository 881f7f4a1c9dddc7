"""Gather what a communiqué shows, and what is left to do before it is final."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diapason.context.indicators.models import Claim, EditionFigure, FrozenEdition
from diapason.disclosure.communiques.models import ChosenMilestone, Communique
from diapason.ui.together import ask_together


@dataclass(frozen=True)
class Content:
    """Hold what is shown, in order."""

    communique: Communique
    edition: FrozenEdition
    figures: Sequence[EditionFigure]
    milestones: Sequence[ChosenMilestone]
    claims: Sequence[Claim]


@dataclass(frozen=True)
class Checklist:
    """Hold what keeps the communiqué from being final."""

    incomplete: Sequence[EditionFigure]
    unsigned: Sequence[EditionFigure]
    late_claims: Sequence[Claim]
    missing_texts: Sequence[str]
    intact: bool

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.intact and not (
            self.incomplete or self.unsigned or self.late_claims or self.missing_texts
        )


def figures_of(edition: FrozenEdition) -> list[EditionFigure]:
    """Return every figure of an edition with what is needed to tell it: one query."""
    return list(edition.figures.select_related("definition__indicator", "figure__signed_by"))


def content_of(communique: Communique) -> Content:
    """Return what a communiqué shows: two queries."""
    chosen = communique.chosen_figures.select_related(
        "figure__definition__indicator", "figure__figure__signed_by"
    ).order_by("position")
    milestones, claims = ask_together(
        communique.chosen_milestones.order_by("position"),
        communique.chosen_claims.select_related("claim").order_by("position"),
    )
    return Content(
        communique=communique,
        edition=communique.edition,
        figures=[one.figure for one in chosen],
        milestones=milestones,
        claims=[one.claim for one in claims],
    )


def checklist_of(content: Content, *, on: Any) -> Checklist:
    """Return what is incomplete, unsigned, late or empty."""
    texts: Mapping[str, str] = {
        name: getattr(content.communique, name)
        for name in ("title_fr", "title_en", "opening_fr", "opening_en")
    }
    return Checklist(
        incomplete=[one for one in content.figures if not one.is_whole],
        unsigned=[one for one in content.figures if one.is_whole and not one.is_signed],
        late_claims=[
            one for one in content.claims if one.is_due(on=on) or one.verdict == Claim.Verdict.WITHDRAWN
        ],
        missing_texts=[name for name, text in texts.items() if not text.strip()],
        intact=content.edition.is_intact,
    )
