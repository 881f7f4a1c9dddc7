"""Name the states of certificates, cells and organizations: a look (ok, warn, bad, unk, run) and a message id."""

from typing import Final

from diapason.certification.certificates.rules import coverage, cycle, timeline, validity
from diapason.kernel.words import message

CERTIFICATE: Final = {
    validity.VALID: ("ok", message("Valid")),
    validity.SUSPENDED: ("bad", message("Suspended")),
    validity.LAPSED: ("bad", message("Lapsed")),
    validity.WITHDRAWN: ("bad", message("Withdrawn")),
    validity.REPLACED: ("unk", message("Replaced")),
    validity.NOT_YET: ("run", message("Not yet in effect")),
    validity.NOT_KNOWN: ("unk", message("State not known")),
}
ORGANIZATION: Final = {
    timeline.CERTIFIED: ("ok", message("Certified")),
    timeline.IN_TRANSITION: ("run", message("In transition")),
    timeline.TO_WATCH: ("warn", message("To watch")),
    timeline.THREATENED: ("bad", message("Threatened")),
    timeline.NOT_CERTIFIED: ("bad", message("Not certified")),
    timeline.UNKNOWN: ("unk", message("Not known")),
}
CELL: Final = {
    coverage.COVERED: ("ok", message("Covered")),
    coverage.UNCOVERED: ("bad", message("Not covered")),
    coverage.NOT_KNOWN: ("unk", message("Not known")),
    coverage.NOT_PERFORMED: ("", message("Not performed")),
}
ALARM: Final = {
    cycle.THREATENED: ("bad", message("Deadline")),
    cycle.WATCH: ("warn", message("To watch")),
}
SAMPLING_REASONS: Final = {
    "random": message("drawn at random"),
    "concerns": message("earlier findings"),
    "never_visited": message("never visited"),
    "longest_ago": message("visited longest ago"),
}
AUDIT_KINDS: Final = {
    "initial": message("Initial audit"),
    "stage1": message("Stage 1 audit"),
    "stage2": message("Stage 2 audit"),
    "surveillance": message("Surveillance audit"),
    "recertification": message("Recertification audit"),
    "special": message("Special audit"),
    "transition": message("Transition audit"),
}
