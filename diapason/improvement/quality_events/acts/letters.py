"""Put anonymous words into the letter box, and empty it once a day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from random import SystemRandom
from typing import Any, Final

from diapason.audit_trail.acts import act, automaton, record
from diapason.improvement.quality_events.acts.messages import enter_declarers_words
from diapason.improvement.quality_events.acts.reporting import Report, check_level, enter_event
from diapason.improvement.quality_events.facts import reporting as facts
from diapason.improvement.quality_events.models import Letter, QualityEvent, words
from diapason.improvement.quality_events.models.following import random_key
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

BY: Final = automaton(message("letter box"))
MOST_WAITING: Final = 100
"""How many letters of one organization may wait: more in a day is a nuisance, not a report."""
LONGEST_REPLY: Final = 8000


@act
def drop_letter(*, report: Report, by: Any) -> bool:
    """Put an anonymous report into the letter box: no trail line, no time, no order, no person.

    Sent twice, it lies there once. Returns False when the receipt belongs to other words already.
    Raises Refused when the kind is not taken without a name, or when the box is full.
    """
    check_level(report, None).require()
    same = Letter.objects.filter(receipt_digest=report.receipt_digest, is_reply=False).first()
    if same is not None or _house_of(report.receipt_digest) is not None:
        return same is not None and same.description == report.description
    if Letter.objects.filter(organization=report.place).count() >= MOST_WAITING:
        Verdict.no(message("The letter box is full today: please come back tomorrow.")).require()
    letter = Letter(
        organization=report.place,
        kind=report.kind,
        description=report.description,
        where_text=report.where_text,
        consequence=report.consequence,
        receipt_digest=report.receipt_digest,
    )
    _lay_out([*Letter.objects.all(), letter])
    return True


@act
def drop_reply(*, digest: str, text: str, by: Any) -> None:
    """Put what an anonymous declarer adds into the letter box; several additions of a day become one."""
    house = _house_of(digest)
    if house is None:
        raise LookupError("no report has this receipt")
    if not text.strip():
        Verdict.no(message("The message is empty.")).require()
    letters = list(Letter.objects.all())
    reply = next((one for one in letters if one.is_reply and one.receipt_digest == digest), None)
    if reply is None:
        reply = Letter(organization_id=house, description="", receipt_digest=digest, is_reply=True)
        letters.append(reply)
    reply.description = f"{reply.description}\n\n{text}".strip()
    if len(reply.description) > LONGEST_REPLY:
        Verdict.no(message("The letter box is full today: please come back tomorrow.")).require()
    _lay_out(letters)


def _house_of(digest: str) -> int | None:
    for rows in (QualityEvent.objects.filter(level=QualityEvent.Level.ANONYMOUS), Letter.objects.all()):
        found: int | None = (
            rows.filter(receipt_digest=digest).values_list("organization_id", flat=True).first()
        )
        if found is not None:
            return found
    return None


def _lay_out(letters: list[Letter]) -> None:
    """Write the whole box anew in random order under new keys, so that nothing tells which letter came last."""
    Letter.objects.all().delete()
    SystemRandom().shuffle(letters)
    for letter in letters:
        letter.pk = random_key()
    Letter.objects.bulk_create(letters)


@act
def collect_letters(*, by: Any, on: date) -> int:
    """Move what waits into the record, in an order that says nothing; return the number of reports."""
    letters = list(Letter.objects.select_related("organization").order_by("id"))
    reports = [letter for letter in letters if not letter.is_reply]
    for letter in reports:
        enter_event(report=_report_of(letter), declarer=None, by=by, hour=None, on=on)
    _enter_replies([letter for letter in letters if letter.is_reply], by=by, on=on)
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).delete()
    by_house: dict[str, int] = defaultdict(int)
    for letter in reports:
        by_house[letter.organization.code] += 1
    for code, count in sorted(by_house.items()):
        record(facts.LettersCollected(subject=f"organization:{code}", organization=code, count=count), by=by)
    return len(reports)


def _report_of(letter: Letter) -> Report:
    taken = [kind.code for kind in words().kinds.values() if kind.anonymous]
    return Report(
        description=letter.description,
        consequence=letter.consequence,
        place=letter.organization,
        where_text=letter.where_text,
        level=QualityEvent.Level.ANONYMOUS,
        receipt_digest=letter.receipt_digest,
        kind=letter.kind if letter.kind in taken else taken[0],
    )


def _enter_replies(replies: Sequence[Letter], *, by: Any, on: date) -> None:
    digests = [letter.receipt_digest for letter in replies]
    events = {
        event.receipt_digest: event
        for event in QualityEvent.objects.filter(receipt_digest__in=digests).select_related("organization")
    }
    for letter in replies:
        enter_declarers_words(event=events[letter.receipt_digest], text=letter.description, by=by, on=on)
