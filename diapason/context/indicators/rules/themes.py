"""Name the themes under which figures are listed, in order."""

from typing import Final

from diapason.kernel.words import message

THEMES: Final = {
    "network": message("The network"),
    "certification": message("Certification"),
    "patients": message("Patients"),
    "studies": message("Studies"),
    "inclusions": message("Patients in trials"),
    "funding": message("Funding"),
    "central_sponsor": message("Research direction"),
    "real_world": message("Real-world data"),
    "publications": message("Publications"),
    "improvement": message("Quality events and actions"),
}

STRIP: Final = (
    "studies_sponsored_active",
    "central_studies_recruiting",
    "central_inclusions",
    "central_recruiting_centres",
    "patients_in_trials_release",
    "cohort_patients",
)
"""The six figures of the network's home page."""
