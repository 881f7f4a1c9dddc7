"""Run the demonstration: embedded database, fictional data, plain http on localhost."""

from diapason.settings.product import *
from diapason.settings.product import DIAPASON

DIAPASON.update(demonstration=True, fictional=True, require_mfa=False)
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing leaves a demonstration
