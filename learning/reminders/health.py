"""Whether this installation can do its work. Each check raises when it cannot."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.records import guards


class Failed(Exception):
    pass


def database(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations(connection):
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Failed


def database_guards(connection):
    if guards.missing(connection):
        raise Failed


CHECKS = {"database": database, "migrations": migrations, "guards": database_guards}


def failing():
    """Names of the checks that fail. Why is for the log of the database, not for whoever asks."""
    connection = connections[DEFAULT_DB_ALIAS]
    names = []
    for name, check in CHECKS.items():
        try:
            check(connection)
        except Exception:
            names.append(name)
    return names


@require_safe
@never_cache
def readyz(request):
    names = failing()
    return JsonResponse({"status": "failing" if names else "ok", "failing": names}, status=503 if names else 200)


@require_safe
@never_cache
def healthz(request):
    return JsonResponse({"status": "ok"})
