"""Declare the chapter to Django."""

from django.apps import AppConfig

from diapason.kernel.words import message


class FilesConfig(AppConfig):
    """Hold the files kept with records."""

    name = "diapason.context.files"
    label = "files"
    verbose_name = message("Kept files")

    def ready(self) -> None:
        """Let the worker sweep the store, let sentences link to files."""
        from diapason.audit_trail import jobs as trail_jobs
        from diapason.context.files import jobs
        from diapason.ui import links

        trail_jobs.begin_also(jobs.begin)
        links.register("file", "files:file", message("kept file"))
