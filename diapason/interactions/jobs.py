"""Run the rows that need not succeed within the act."""

from django_tasks import task

from diapason.audit_trail import acts, reactions


@task()
def follow(name: str, number: int, position: int) -> None:
    """Run the row `name` for the fact at `position` of entry `number`; a row that is gone is left out."""
    reaction = reactions.named(name)
    if reaction is not None:
        acts.follow_later(reaction, number, position)


def later(name: str, number: int, position: int) -> None:
    """Put the row in the queue."""
    follow.enqueue(name, number, position)
