"""Run the jobs: `python3 run.py manage worker`, the queue's own worker between two signed heads."""

from typing import Any

from django.db import DatabaseError
from django_tasks_db.management.commands import db_worker

from diapason.audit_trail import heads, jobs, keys


class Command(db_worker.Command):
    """Run the jobs; sign the head of the trail every hour in which it grew, and when the instance stops in order."""

    help = "Run the jobs of the instance; the head of the trail is signed hourly, and at the end."

    def handle(self, *args: Any, **options: Any) -> None:
        """Put the hourly signing into the queue, run the queue, sign at the end."""
        jobs.begin()
        try:
            super().handle(*args, **options)
        finally:
            self._sign()

    def _sign(self) -> None:
        try:
            heads.sign_head("stop")
        except (keys.KeyMissing, DatabaseError) as error:
            self.stderr.write(f"The last head was not signed: {error}")
