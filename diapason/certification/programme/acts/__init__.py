"""Change programmes: open, define, plan, reach, share, accompany; take over a programme or the public record."""

from diapason.certification.programme.acts.leading import (
    define_wave,
    offer_mentoring,
    open_programme,
    plan_milestone,
    reach_milestone,
    share_experience,
    take_over_programme,
)
from diapason.certification.programme.acts.public_record import load_public_record

__all__ = [
    "define_wave",
    "load_public_record",
    "offer_mentoring",
    "open_programme",
    "plan_milestone",
    "reach_milestone",
    "share_experience",
    "take_over_programme",
]
