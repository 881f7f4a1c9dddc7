"""Tell how the network came to be certified, from programmes and certificates only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext, override

from diapason.certification.certificates.queries.history import FirstCertified, first_certified
from diapason.certification.certificates.queries.register import Register
from diapason.certification.programme.models import Programme
from diapason.context.network.models import Organization
from diapason.kernel.dates import PartialDate
from diapason.kernel.languages import Bilingual
from diapason.kernel.words import message


@dataclass(frozen=True)
class Milestone:
    """Hold what happened, when as far as it is known, and the record behind it."""

    key: str
    when: PartialDate
    text: Bilingual
    about: str = ""


def milestones(on: date) -> list[Milestone]:
    """Return the milestones up to that day, the earliest first: start, early ones, all centres, the last of all."""
    register = Register()
    firsts = [one for one in first_certified(register) if one.since and last_day(one.since) <= on]
    waiting = len(register.members) - len(firsts)
    found = [*starts(firsts, on), *arrivals(firsts, waiting, register)]
    return sorted(found, key=lambda one: (last_day(one.when), one.key))


def last_day(when: PartialDate) -> date:
    """Return the day by which it had happened for sure."""
    return when.latest or date.max


def starts(firsts: list[FirstCertified], on: date) -> Iterator[Milestone]:
    """Return the start of each certification programme, with who was certified before it."""
    for programme in Programme.objects.filter(kind=Programme.Kind.CERTIFICATION):
        if not programme.starts.is_known or last_day(programme.starts) > on:
            continue
        before = [one for one in firsts if one.since and last_day(one.since) < begin_of(programme.starts)]
        yield Milestone(
            f"start.{programme.code}", programme.starts, started_text(len(before)), programme.subject
        )


def begin_of(when: PartialDate) -> date:
    """Return the day from which it may have begun."""
    return when.earliest or when.latest or date.max


def started_text(before: int) -> Bilingual:
    """Return how the start is told."""

    def told() -> str:
        if not before:
            return gettext("The network starts its shared certification programme")
        return ngettext(
            "The network starts its shared certification programme; %(count)s organization is certified already",
            "The network starts its shared certification programme; %(count)s organizations are certified already",
            before,
        ) % {"count": before}

    return in_both(told)


def arrivals(firsts: list[FirstCertified], waiting: int, register: Register) -> Iterator[Milestone]:
    """Return when all centres were certified, and when the central functions were."""
    kinds = Organization.Kind
    centres = [one for one in firsts if one.member.kind == kinds.CENTRE]
    expected = sum(1 for member in register.members.values() if member.kind == kinds.CENTRE)
    if centres and len(centres) == expected:
        last = max(centres, key=lambda one: last_day(one.since) if one.since else date.min)
        yield Milestone(
            "centres",
            bound(last.since),
            counted(message("All %(count)s centres are certified to ISO 9001"), expected),
        )
    for one in firsts:
        if one.member.kind != kinds.CENTRE and one.since:
            yield Milestone(
                f"certified.{one.member.code}",
                one.since,
                arrived_text(one, waiting),
                f"certificate:{one.certificate}",
            )


def bound(since: PartialDate | None) -> PartialDate:
    """Return the date by which all had arrived: exact when the last one is, a bound otherwise."""
    if since is None or since.is_exact:
        return since or PartialDate(None, None)
    return PartialDate.by(last_day(since))


def counted(text: str, count: int) -> Bilingual:
    """Return a text with its number in both languages."""
    return in_both(lambda: gettext(text) % {"count": count})


def arrived_text(one: FirstCertified, waiting: int) -> Bilingual:
    """Return how the arrival of a central function is told; the last of all completes the network."""

    def told() -> str:
        text = gettext("%(name)s is certified to ISO 9001") % {"name": one.member.name}
        return text if waiting else gettext("%(text)s: the whole network is") % {"text": text}

    return in_both(told)


def in_both(told: Callable[[], str]) -> Bilingual:
    """Return what the function says in French and in English."""
    texts = []
    for language in ("fr", "en"):
        with override(language):
            texts.append(told())
    return Bilingual(*texts)
