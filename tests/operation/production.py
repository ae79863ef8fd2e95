"""A complete environment of a production installation, with values that `check --deploy` has nothing to say about."""

import string

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "learning.settings.production",
    "GATEHOUSE_MODE": "live",
    "GATEHOUSE_SECRET_KEY": string.ascii_letters,
    "GATEHOUSE_ALLOWED_HOSTS": "training.example.com",
    "GATEHOUSE_PUBLIC_URL": "https://training.example.com",
    "DATABASE_URL": "postgresql://gatehouse@database.example.com/gatehouse",
    "CELERY_BROKER_URL": "redis://redis.example.com/0",
    "CACHE_URL": "redis://redis.example.com/1",
    "EMAIL_URL": "smtp://mail.example.com",
}
