"""Run the demonstration on the public record: real organizations, public facts only, with their sources."""

from diapason.settings.product import *  # noqa: F403
from diapason.settings.product import DIAPASON

DIAPASON.update(fictional=False, require_mfa=False, public_reading=True)
