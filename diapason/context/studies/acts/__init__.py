"""Change the record of studies: register, take over newer versions, correct, hide."""

from diapason.context.studies.acts.correcting import correct_study, record_status, set_confidentiality
from diapason.context.studies.acts.registering import register_studies, register_study
from diapason.context.studies.acts.updating import take_over_versions

__all__ = [
    "correct_study",
    "record_status",
    "register_studies",
    "register_study",
    "set_confidentiality",
    "take_over_versions",
]
