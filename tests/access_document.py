"""Write docs/validation/permissions.md from the permission matrix: `python -m tests.access_document`."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diapason.settings.test")
    django.setup()
    from tests.access_matrix import main

    main()
