"""Run the demonstration on the public record: real organizations, public facts only, with their sources."""

from diapason.settings.product import *
from diapason.settings.product import DIAPASON

DIAPASON.update(demonstration=True, fictional=False, require_mfa=False)
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing leaves a demonstration
