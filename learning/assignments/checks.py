from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

from learning.people.models import Company

from . import demo


@register(Tags.database)
def demo_and_real_are_apart(app_configs, databases, **kwargs):
    """assignments.E001: a real company would move in with a demo. The command `demo` refuses the other way round."""
    if settings.DEMO:
        return []
    return [
        Error(
            f"The database {alias!r} holds the demo company, and this site is not in demo mode.",
            hint="Give the real company a database of its own in DATABASE_URL.",
            id="assignments.E001",
        )
        for alias in databases or ()
        if _holds_the_demo(alias)
    ]


def _holds_the_demo(alias):
    # The first migrate checks before there are tables.
    if Company._meta.db_table not in connections[alias].introspection.table_names():
        return False
    return Company.objects.using(alias).filter(uuid=demo.COMPANY_UUID).exists()
