"""Find what belongs to a receipt: the event, or the letter that still waits."""

from dataclasses import dataclass

from diapason.improvement.quality_events.models import EventMessage, Letter, QualityEvent


@dataclass(frozen=True)
class Followed:
    """Hold what an anonymous declarer may read: the event once entered, what was told, what waits in the box."""

    event: QualityEvent | None
    description: str
    told: tuple[EventMessage, ...]
    waiting: str


def follow(digest: str) -> Followed | None:
    """Return what belongs to the digest of a receipt, None when nothing does; three statements."""
    letters = {letter.is_reply: letter for letter in Letter.objects.filter(receipt_digest=digest)}
    reply = letters[True].description if True in letters else ""
    event = QualityEvent.objects.filter(receipt_digest=digest, level=QualityEvent.Level.ANONYMOUS).first()
    if event is not None:
        return Followed(event, event.description, tuple(event.messages.all()), reply)
    if False in letters:
        return Followed(None, letters[False].description, (), reply)
    return None
