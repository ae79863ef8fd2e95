"""Structured logs of every process: one JSON object a line, and nothing personal in it."""

import re

import structlog

# What PostgreSQL adds to an error: the values, or the whole row, that it refused.
REFUSED = re.compile(r"\n(?:DETAIL|CONTEXT):.*?(?=\n\n|\Z)", re.DOTALL)


def without_rows(logger, name, event):
    if "exception" in event:
        event["exception"] = REFUSED.sub("", event["exception"])
    return event


PROCESSORS = [
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    without_rows,
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "learning.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Two lines for every row that is indexed, and titles of what was edited, which may be names.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # A line for each use of a passkey, with the number of the device.
        "fido2": {"level": "WARNING"},
        "gunicorn.error": {"level": "INFO", "propagate": True},
        # Addresses of pages and of people are for the proxy's log, under its rules.
        "gunicorn.access": {"level": "WARNING"},
    },
}


def formatter():
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=PROCESSORS,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
