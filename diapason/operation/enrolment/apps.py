"""Configure the chapter."""

from django.apps import AppConfig


class Enrolment(AppConfig):
    """Configure the chapter of enrolment."""

    name = "diapason.operation.enrolment"
    label = "enrolment"
    verbose_name = "Enrolment"

    def ready(self) -> None:
        """Register the panel of a study and the indicator that inclusions answer."""
        from diapason.operation.enrolment import figures  # noqa: F401  it registers its function
        from diapason.operation.enrolment import panels as ours
        from diapason.ui import panels

        panels.register("study", ours.inclusions_of_study, 20)
