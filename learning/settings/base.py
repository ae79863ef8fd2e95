"""What is the same everywhere. What differs comes from the environment (README, "Settings")."""

import zoneinfo
from pathlib import Path

import django_cache_url
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from environs import Env, validate

from learning.logs import LOGGING  # noqa: F401

from .sign_in import *  # noqa: F403

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

GATEHOUSE_MODE = env.str("GATEHOUSE_MODE", "demo", validate=validate.OneOf(["demo", "live"]))
GATEHOUSE_HOME = Path(env.str("GATEHOUSE_HOME", "") or BASE_DIR / "var" / GATEHOUSE_MODE).absolute()
PORT = env.int("PORT", 8000)
# Builds every link in mail, certificate and QR code.
GATEHOUSE_PUBLIC_URL = env.str("GATEHOUSE_PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
DEMO = GATEHOUSE_MODE == "demo"

DEBUG = False
ALLOWED_HOSTS = env.list("GATEHOUSE_ALLOWED_HOSTS", [])

INSTALLED_APPS = [
    "learning.reminders",
    "learning.assignments",
    "learning.records",
    "courses",
    "quizzes",
    "content",
    "learning.people",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail_localize",
    # In place of wagtail.locales.
    "wagtail_localize.locales",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "learning.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "learning.people.signing_in.kiosk_session.KioskMiddleware",
    "learning.people.middleware.PreferredLanguageMiddleware",
    "learning.people.middleware.LocalTimeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "learning.people.signing_in.middleware.SignedInMiddleware",
    "learning.middleware.page_for_forms_only",
]

ROOT_URLCONF = "learning.urls"
WSGI_APPLICATION = "learning.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "learning" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learning.people.context.site",
            ],
        },
    },
]

# Evidence must never be half written: actions open their own transactions, so no ATOMIC_REQUESTS.
DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        f"sqlite:///{GATEHOUSE_HOME / 'gatehouse.sqlite3'}",
        conn_max_age=60,
        # A restarted database costs a reconnection, not an error page.
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Without recursive triggers, INSERT OR REPLACE deletes a guarded row unseen by its trigger.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA recursive_triggers=ON;",
    }
else:
    # A query that comes again and again is planned once on each connection: half of the server's time for a short
    # request. A pooler between must know prepared statements, as PgBouncer does from 1.21.
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in rate limits count in this cache, so all processes of a host (or, with CACHE_URL, of all hosts) share it.
# Files beyond the most are thrown away at random, counts among them.
django_cache_url.BACKENDS["file"] = "learning.caches.FileCache"
CACHES = {"default": env.dj_cache_url("CACHE_URL", f"file://{GATEHOUSE_HOME / 'cache'}?max_entries=10000")}

# Outside a demo, whoever may enter the admin needs one.
SECOND_FACTOR_OBLIGATORY = not DEMO

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["learning.formats"]
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "learning" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = GATEHOUSE_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "learning" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = GATEHOUSE_HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Outside of the database: what signs the ledger, and the newest checkpoint, which shows when a database was set back.
LEDGER_KEY = Path(env.str("GATEHOUSE_LEDGER_KEY", "") or GATEHOUSE_HOME / "keys" / "ledger_key")
LEDGER_CHECKPOINT = Path(env.str("GATEHOUSE_LEDGER_CHECKPOINT", "") or GATEHOUSE_HOME / "ledger" / "checkpoint")
# Fonts for the names that our own cannot write, such as Chinese ones.
# How long a training record must be kept.
GATEHOUSE_RETENTION_YEARS = env.int("GATEHOUSE_RETENTION_YEARS", 5, validate=validate.Range(min=0, max=100))
PAPER_FONTS = env.str("GATEHOUSE_FONTS", "")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

EMAIL_URL = env.dj_email_url("EMAIL_URL", "") if env.str("EMAIL_URL", "") else {}
EMAIL_BACKEND = EMAIL_URL.get("EMAIL_BACKEND", "learning.reminders.mailbox.MailboxBackend")
EMAIL_HOST = EMAIL_URL.get("EMAIL_HOST", "localhost")
EMAIL_PORT = EMAIL_URL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = EMAIL_URL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_URL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_URL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_URL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("GATEHOUSE_MAIL_FROM", "Gatehouse <gatehouse@localhost>")

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
# Wagtail's admin sets style attributes and draws its own inline initialisers (see learning/middleware.py).
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": CONTENT_SECURITY_POLICY["DIRECTIVES"]
    | {"script-src": [SELF, NONCE], "style-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:", "blob:"]}
}

WAGTAIL_SITE_NAME = "Gatehouse"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# "localtime" and "Factory" mean something else on every machine, and break the browser's list.
WAGTAIL_USER_TIME_ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = GATEHOUSE_PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
MEDIA_EXTENSIONS = ["m4a", "mp3", "mp4", "ogg", "vtt", "webm"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", *MEDIA_EXTENSIONS]
# A few minutes of video as a phone needs it, which is all that a lesson should have.
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
TASKS = {"default": {"BACKEND": "content.indexing.Tasks"}}
# The configuration is made by a migration, and only PostgreSQL asks for it.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "content.search_backend", "SEARCH_CONFIG": "gatehouse"}}

BROKER_FOLDER = GATEHOUSE_HOME / "broker"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "filesystem://")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "notices"
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT = "learning.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_FOLDER / "messages"),
        "data_folder_out": str(BROKER_FOLDER / "messages"),
        "control_folder": str(BROKER_FOLDER / "control"),
    }
# The database is the queue; a tick only says "look now". One that was not heard within its interval is worth nothing.
CELERY_BEAT_SCHEDULE = {
    "send-notices": {"task": "reminders.send_notices", "schedule": 60, "options": {"expires": 60}},
    "apply-requirements": {"task": "assignments.apply_requirements", "schedule": 3600, "options": {"expires": 3600}},
    "expire-attempts": {"task": "quizzes.expire_attempts", "schedule": 60, "options": {"expires": 60}},
    "sequence-entries": {"task": "records.sequence_entries", "schedule": 1, "options": {"expires": 1}},
    "verify-records": {
        "task": "records.verify_records",
        "schedule": 86400,
        "options": {"expires": 86400, "queue": "long"},
    },
    "clear-sessions": {"task": "people.clear_sessions", "schedule": 86400, "options": {"expires": 86400}},
    "write-to-people": {"task": "people.write_to_people", "schedule": 60, "options": {"expires": 60}},
    "run-imports": {"task": "people.run_imports", "schedule": 60, "options": {"expires": 60, "queue": "long"}},
    "make-packs": {"task": "records.make_packs", "schedule": 60, "options": {"expires": 60, "queue": "long"}},
    "write-past-training": {
        "task": "records.write_past_training",
        "schedule": 60,
        "options": {"expires": 60, "queue": "long"},
    },
    "make-exports": {"task": "records.make_exports", "schedule": 60, "options": {"expires": 60, "queue": "long"}},
    "finish-erasures": {
        "task": "records.finish_erasures",
        "schedule": 3600,
        "options": {"expires": 3600, "queue": "long"},
    },
    "publish-scheduled": {
        "task": "content.publish_scheduled",
        "schedule": 60,
        "options": {"expires": 60, "queue": "long"},
    },
}
