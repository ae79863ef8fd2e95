"""Many processes on many hosts behind TLS. Refuses to start half configured or in demo mode."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import CELERY_BROKER_URL, DEMO, env

if DEMO:
    raise ImproperlyConfigured("Production settings refuse demo mode: set GATEHOUSE_MODE=live.")
if CELERY_BROKER_URL.startswith("filesystem"):
    raise ImproperlyConfigured("Set CELERY_BROKER_URL to a Redis or RabbitMQ address.")

SECRET_KEY = env.str("GATEHOUSE_SECRET_KEY")
ALLOWED_HOSTS = env.list("GATEHOUSE_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("GATEHOUSE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
