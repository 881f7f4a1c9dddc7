"""Store passwords slowly enough for today's machines."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Hasher(PBKDF2PasswordHasher):
    """Be Django's PBKDF2-SHA256 with no fewer rounds than we promised, whatever Django's own default."""

    iterations = max(1_200_000, PBKDF2PasswordHasher.iterations)
