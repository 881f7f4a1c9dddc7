"""Run the demonstration: embedded database, fictional data, plain http on localhost."""

from diapason.settings.product import *  # noqa: F403
from diapason.settings.product import DIAPASON

DIAPASON.update(fictional=True, require_mfa=False)
