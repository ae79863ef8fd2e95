"""Queries that are built once. Of a query over several tables Django takes longer to write the SQL than the database to
answer it, and a page that asks ten of them is as slow as that; only what differs from call to call need be new.
"""

import copy
import functools

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Value

# Local dates of all zones, before and after midnight, in each language.
KEPT = 16


class Given(Value):
    """Stands in a query for what each call gives."""

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Prepared:
    """A query with blanks. `build(**values)` makes the queryset; `given` names its blanks and the field of each.

    A call gives a value for each blank and returns the rows as a list. Values that `build` wants beside them (a local
    date: hashable, with few different ones at a time) are built in, once for each.
    """

    def __init__(self, build, **given):
        self._build = build
        self._given = {name: Given(name, output_field=field) for name, field in given.items()}
        self._statement = functools.lru_cache(maxsize=KEPT)(self._write)

    def __call__(self, **values):
        blanks = {name: values.pop(name) for name in self._given}
        queryset, compiler, sql, params = self._statement(**values)
        connection = connections[DEFAULT_DB_ALIAS]
        filled = [_filled(param, blanks, connection) for param in params]
        # Other threads read the same: what belongs to this call is set on copies.
        compiler = copy.copy(compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (sql, filled)
        queryset = queryset.all()
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        return list(queryset)

    def _write(self, **values):
        queryset = self._build(**self._given, **values)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        return queryset, compiler, *compiler.as_sql()


def _filled(param, blanks, connection):
    if isinstance(param, Given):
        return param.output_field.get_db_prep_value(blanks[param.value], connection)
    return param
