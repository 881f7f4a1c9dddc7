"""Give the web server the application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diapason.settings.demo")

application = get_wsgi_application()
