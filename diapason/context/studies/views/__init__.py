"""Show the portfolio and the page of a study; take what people enter about studies."""

from diapason.context.studies.views.changing import (
    confidentiality,
    correct,
    correction,
    record_status,
    register,
    registration,
    set_confidentiality,
    status,
)
from diapason.context.studies.views.showing import studies, study

__all__ = [
    "confidentiality",
    "correct",
    "correction",
    "record_status",
    "register",
    "registration",
    "set_confidentiality",
    "status",
    "studies",
    "study",
]
