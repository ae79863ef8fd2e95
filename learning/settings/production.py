"""Many processes on many hosts behind TLS. Refuses to start half configured or in demo mode."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import BASE_DIR, DEMO, env

if DEMO:
    raise ImproperlyConfigured("Production settings refuse demo mode: set GATEHOUSE_MODE=live.")
for _name, _what in {
    "GATEHOUSE_SECRET_KEY": "a long random text",
    "GATEHOUSE_ALLOWED_HOSTS": "the host names of this site, separated by commas",
    "GATEHOUSE_PUBLIC_URL": "the address that links in mail and on certificates start with",
    "DATABASE_URL": "the address of a PostgreSQL database",
    "CELERY_BROKER_URL": "the address of a Redis or RabbitMQ server",
    "CACHE_URL": "the address of a cache that all hosts share, such as Redis",
    "EMAIL_URL": "the address of a mail server",
}.items():
    if not env.str(_name, ""):
        raise ImproperlyConfigured(f"Set {_name}: {_what}.")

SECRET_KEY = env.str("GATEHOUSE_SECRET_KEY")
ALLOWED_HOSTS = env.list("GATEHOUSE_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# Part of the release, not of the company's data.
STATIC_ROOT = BASE_DIR / "var" / "static"

# The proxy that ends TLS must set X-Forwarded-Proto and append to X-Forwarded-For.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("GATEHOUSE_PROXIES", 1)
SECURE_SSL_REDIRECT = env.bool("GATEHOUSE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
