from django.core.checks import Tags, Warning, register
from django.db import connections

from . import guards


@register(Tags.database)
def guards_are_installed(app_configs, databases, **kwargs):
    """records.W001: evidence could be rewritten.

    A warning, because an error would stop `migrate` itself, which is what installs them; /readyz says 503 instead.
    """
    return [
        Warning(
            f"The database {alias!r} lacks the guard {name}.",
            hint="Run `manage.py migrate`: it installs the guards again.",
            id="records.W001",
        )
        for alias in databases or ()
        for name in guards.missing(connections[alias])
    ]
