"""Do what is worth a line in the record: define, declare, compute, sign off, freeze, claim."""

from diapason.context.indicators.acts.claims import load_claims, record_claim, review_claim
from diapason.context.indicators.acts.declaring import (
    declare_figure,
    declare_figures,
    withdraw_declared_value,
)
from diapason.context.indicators.acts.definitions import check_definition, load_definitions
from diapason.context.indicators.acts.editions import freeze_edition
from diapason.context.indicators.acts.figures import note_run, sign_figure, store_figures

__all__ = [
    "check_definition",
    "declare_figure",
    "declare_figures",
    "freeze_edition",
    "load_claims",
    "load_definitions",
    "note_run",
    "record_claim",
    "review_claim",
    "sign_figure",
    "store_figures",
    "withdraw_declared_value",
]
