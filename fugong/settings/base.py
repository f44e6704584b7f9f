"""Django's settings. What a site may choose comes from FUGONG_* variables (docs/reference/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fugong.core.secrets import secret_key
from fugong.settings.databases import databases
from fugong.settings.reader import environment
from fugong.settings.sign_in import (  # noqa: F401 - the settings of the door, in a file of their own
    ACCOUNT_ADAPTER,
    ACCOUNT_EMAIL_NOTIFICATIONS,
    ACCOUNT_EMAIL_VERIFICATION,
    ACCOUNT_FORMS,
    ACCOUNT_LOGIN_METHODS,
    ACCOUNT_RATE_LIMITS,
    ACCOUNT_REAUTHENTICATION_REQUIRED,
    ACCOUNT_REAUTHENTICATION_TIMEOUT,
    ACCOUNT_SESSION_REMEMBER,
    ACCOUNT_SIGNUP_FIELDS,
    ACCOUNT_USER_MODEL_EMAIL_FIELD,
    ALLAUTH_TRUSTED_PROXY_COUNT,
    FUGONG_ADMIN_MFA,
    FUGONG_IDLE_MINUTES,
    FUGONG_LOCK_MINUTES,
    FUGONG_REGISTRATIONS_PER_ADDRESS,
    FUGONG_REGISTRATIONS_PER_CODE,
    FUGONG_REGISTRATIONS_PER_PHONE,
    FUGONG_SIGN_IN_TRIES,
    FUGONG_SIGN_IN_TRIES_PER_ADDRESS,
    MFA_ADAPTER,
    MFA_FORMS,
    MFA_PASSKEY_LOGIN_ENABLED,
    MFA_RECOVERY_CODES_SHOW_ONCE,
    MFA_SUPPORTED_TYPES,
    MFA_TOTP_ISSUER,
    MFA_TOTP_TOLERANCE,
)

PACKAGE = Path(__file__).resolve().parent.parent
read = environment()

FUGONG_HOME = read.folder("FUGONG_HOME", Path.home() / ".local" / "share" / "fugong")
FUGONG_CLOCK = read.moment("FUGONG_CLOCK")
FUGONG_CLOCK_ANCHOR = read.number("FUGONG_CLOCK_ANCHOR", 0)
FUGONG_PUBLIC_URL = read.text("FUGONG_PUBLIC_URL", "http://localhost:8000").rstrip("/")
FUGONG_GATE_URL = read.text("FUGONG_GATE_URL", "").rstrip("/")
FUGONG_GATE_PORT = read.number("FUGONG_GATE_PORT", 8100, least=1)
FUGONG_GATE_ADMISSION = read.number("FUGONG_GATE_ADMISSION", 0)
FUGONG_REMINDERS = read.addresses("FUGONG_REMINDERS")
FUGONG_OWN_CHANNELS = read.channels("FUGONG_OWN_CHANNELS")
FUGONG_OWN_MAIL = read.mail_server("FUGONG_OWN_MAIL", needed=any("@" in each for each in FUGONG_OWN_CHANNELS))
FUGONG_CODE_DAYS = read.number("FUGONG_CODE_DAYS", 3, least=1)
FUGONG_EVIDENCE_LIMIT_MB = read.number("FUGONG_EVIDENCE_LIMIT_MB", 10, least=1)

DEBUG = read.flag("FUGONG_DEBUG", False)
SECRET_KEY = secret_key(FUGONG_HOME)
ALLOWED_HOSTS = read.words("FUGONG_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = [FUGONG_PUBLIC_URL] if FUGONG_PUBLIC_URL.startswith("https://") else []
DATABASES = databases(read)
DATABASE_ROUTERS = ["fugong.settings.databases.OwnerOnlyMigrates"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
    "template_partials",
    "fugong.core",
    "fugong.areas",
    "fugong.accounts",
    "fugong.playbooks",
    "fugong.duties",
    "fugong.enterprises",
    "fugong.people",
    "fugong.clearance",
    "fugong.health",
    "fugong.census",
    "fugong.returns",
    "fugong.passage",
    "fugong.resumption",
    "fugong.support",
    "fugong.command",
    "fugong.scenarios",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fugong.core.web.middleware.SafeHeaders",
    "fugong.core.web.middleware.FreshTenant",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "fugong.accounts.web.middleware.SignedIn",
    "fugong.core.web.arriving.Arriving",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fugong.core.web.middleware.ClosedDoor",
    "fugong.core.web.middleware.SayRefusals",
]

ROOT_URLCONF = "fugong.urls"
WSGI_APPLICATION = "fugong.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "fugong.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "fugong.core.templatetags.parts",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["fugong.accounts.web.backend.PasswordBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
FUGONG_SIGN_IN_PATH = "/sign-in/"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [
    ("zh-hans", _("Simplified Chinese")),
    ("en", _("English")),
    ("zh-hant", _("Traditional Chinese")),
]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = read.folder("FUGONG_STATIC", FUGONG_HOME / "static")
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = read.number("FUGONG_SESSION_HOURS", 12, least=1) * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = FUGONG_PUBLIC_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "fugong_language"
SECURE_HSTS_SECONDS = read.number("FUGONG_HSTS_SECONDS", 0)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    }
}
# The clocks are named in fugong.jobs, which the worker imports itself.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_DATABASE_ALIAS = "default"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("FUGONG_LOG", "WARNING")},
}
