"""Say in one sentence what the certificates tell of the whole network."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.certification.certificates.rules import coverage
from diapason.certification.certificates.rules.coverage import NetworkAnswer
from diapason.ui import wording


def answer_sentence(answer: NetworkAnswer, members: int) -> str:
    """Say since when the whole network is certified, or what is missing, or that it is not known."""
    if answer.state == coverage.COVERED and answer.since:
        since = wording.partial_date(answer.since)
        if answer.since.is_exact:
            text = _("The %(n)s organizations have been certified to ISO 9001 since %(since)s.")
        else:
            text = _(
                "The %(n)s organizations are certified to ISO 9001; since when is known by bounds: %(since)s."
            )
        return text % {"n": members, "since": since}
    if answer.state == coverage.UNCOVERED:
        number = len(answer.uncovered)
        text = ngettext(
            "The network is not certified as a whole: %(n)s activity is not covered.",
            "The network is not certified as a whole: %(n)s activities are not covered.",
            number,
        )
        return text % {"n": number}
    if answer.complete:
        first, last = answer.complete[-1]
        text = _(
            "The whole network was certified from %(first)s to at least %(last)s; whether it still is, is not known."
        )
        return text % {"first": wording.day(first), "last": wording.day(last)}
    return _("Whether the whole network is certified is not known.")
