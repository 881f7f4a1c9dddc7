"""Hold the tables of studies."""

from diapason.context.studies.models.parts import (
    InvestigatorSite,
    StudyIdentifier,
    StudyRevision,
    StudySource,
    StudyStatus,
)
from diapason.context.studies.models.study import Study, StudyQuerySet

__all__ = [
    "InvestigatorSite",
    "Study",
    "StudyIdentifier",
    "StudyQuerySet",
    "StudyRevision",
    "StudySource",
    "StudyStatus",
]
