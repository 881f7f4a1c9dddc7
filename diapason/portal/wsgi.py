"""Give the web server the application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diapason.settings.demo")

application = get_wsgi_application()
# What is loaded now stays: the collector need not look through all of it again and again, a tenth of a page's work.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
