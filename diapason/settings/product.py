"""Hold what every profile shares; each value that an operator may change comes from the environment."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from diapason.context.mailing.server import mail_settings, outbox_settings
from diapason.context.people.sign_in import IDLE_SECONDS, SIGN_IN
from diapason.ui import policy

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("DIAPASON_DATA", ROOT / "var")).resolve()


def folder(name: str) -> Path:
    """Return a private folder below DATA, made when absent."""
    path = DATA / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key() -> str:
    """Return the key from the environment, or from a 0600 file made on first use."""
    given = os.environ.get("DIAPASON_SECRET_KEY")
    if given:
        return given
    path = folder("keys") / "secret_key"
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(64), encoding="ascii")
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def sqlite(path: Path, *, synchronous: str = "FULL") -> dict[str, Any]:
    """Return the embedded database: WAL, durable, every write transaction IMMEDIATE."""
    pragmas = {
        "journal_mode": "WAL",
        "synchronous": synchronous,
        "foreign_keys": "ON",
        "recursive_triggers": "ON",
        "cache_size": "-65536",
        "mmap_size": "268435456",
        "temp_store": "MEMORY",
    }
    commands = "".join(f"PRAGMA {name}={value};" for name, value in pragmas.items())
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": commands},
    }


def postgresql(address: str) -> dict[str, Any]:
    """Return the database of a postgresql:// address (user, password, host, port, name; ?host= for a socket)."""
    parts = urlsplit(address)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "diapason",
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or unquote(query.get("host", "")),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": query["sslmode"]} if "sslmode" in query else {},
    }


def database() -> dict[str, Any]:
    """Return the operator's PostgreSQL when DIAPASON_DATABASE names one, else the embedded file."""
    address = os.environ.get("DIAPASON_DATABASE", "")
    return postgresql(address) if address else sqlite(folder("database") / "diapason.sqlite3")


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("DIAPASON_SECRET_KEY_FALLBACKS", "").split(",") if key]
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("DIAPASON_HOSTS", "localhost,127.0.0.1").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("DIAPASON_ORIGINS", "").split(",") if origin]

CHAPTERS = [
    "diapason.ui",
    "diapason.audit_trail",
    "diapason.context.mailing",
    "diapason.context.network",
    "diapason.context.people",
    "diapason.context.files",
    "diapason.context.standards",
    "diapason.context.studies",
    "diapason.context.indicators",
    "diapason.improvement.action_plan",
    "diapason.improvement.quality_events",
    "diapason.improvement.deviation_sheets",
    "diapason.improvement.crex",
    "diapason.improvement.lessons",
    "diapason.operation.registry_imports",
    "diapason.operation.enrolment",
    "diapason.certification.certificates",
    "diapason.certification.readiness",
    "diapason.certification.programme",
    "diapason.disclosure.communiques",
    "diapason.interactions",
    "diapason.portal",
    "diapason.demonstration",
]
CHAPTERS = [name for name in CHAPTERS if (ROOT / name.replace(".", "/") / "apps.py").exists()]
INSTALLED_APPS = [
    *CHAPTERS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
NAMELESS_PATHS = ["/events/anonymous/"]
MIDDLEWARE = [
    "diapason.ui.nameless.Nameless",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "diapason.ui.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "diapason.ui.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "diapason.context.people.middleware.SessionLimits",
    "diapason.context.people.middleware.SecondFactor",
    "diapason.context.people.middleware.RoleHeld",
    "diapason.ui.middleware.Refusals",
]
ROOT_URLCONF = "diapason.portal.urls"
WSGI_APPLICATION = "diapason.portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "diapason.ui.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "diapason.ui.forms.Renderer"
DATABASES = {"default": database()}
# Shared by the web processes, so that limits on sign-in attempts hold for all of them together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": folder("cache"),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "diapason.ui.finders.WheelFinder",
]
STATIC_URL = "/static/"
STATIC_ROOT = folder("static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A month of deviation sheets is one page: up to 200 studies, a dozen counts each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
USE_THOUSAND_SEPARATOR = True

AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = [
    "diapason.context.people.passwords.Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["diapason.context.people.backend.AccountWithScope"]
globals().update(SIGN_IN)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "diapason_session"
CSRF_COOKIE_NAME = "diapason_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "diapason.ui.pages.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = policy.CONTENT_SECURITY_POLICY

globals().update(mail_settings(os.environ))

DIAPASON: dict[str, Any] = {
    "demonstration": False,
    "fictional": False,
    "require_mfa": True,
    "idle_seconds": IDLE_SECONDS,
    "address": os.environ.get("DIAPASON_ADDRESS", "http://localhost:8000").rstrip("/"),
    "keys": folder("keys"),
    "chart_store": folder("charts"),
    "files": folder("files"),
    "catalogue": ROOT / "catalogue",
    "security_log": folder("logs") / "security.jsonl",
    "letters_hour": os.environ.get("DIAPASON_LETTERS_HOUR", "05:00"),
    **outbox_settings(os.environ),
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"nameless": {"()": "diapason.ui.nameless.Silence"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["nameless"]},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("DIAPASON_LOG_LEVEL", "WARNING")},
}
