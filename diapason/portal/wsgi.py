"""Give the web server the application."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils.translation import override

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diapason.settings.demo")

gc.disable()  # all that is loaded now stays: to look through it again and again would be a fifth of the start
application = get_wsgi_application()
with override("fr"):
    reverse("portal_home")  # reads every page and the French texts now: once, before the web processes part
gc.freeze()  # nor is it looked through later, which would be a tenth of a page's work
gc.set_threshold(20_000, 20, 20)
gc.enable()
