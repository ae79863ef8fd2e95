"""Many rows of one table at once: COPY on PostgreSQL, bulk_create elsewhere."""

import json

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 2000


def empty(model):
    """A row of that model, `{attname: value}` without its key, in which nothing is said yet."""
    return {field.attname: field.get_default() for field in model._meta.concrete_fields if not field.primary_key}


def next_key(model):
    """The first key that is free. Nobody else may write to the table until `reset_keys`."""
    return (model._base_manager.aggregate(newest=models.Max("pk"))["newest"] or 0) + 1


def copy(model, rows):
    """Insert rows, `{attname: value}` with all columns that they have in common with the first."""
    if not rows:
        return
    if connection.vendor != "postgresql":
        model._base_manager.bulk_create([model(**row) for row in rows], batch_size=BATCH)
        return
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    names = [(field.attname, isinstance(field, models.JSONField)) for field in fields]
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as into:
        texts = _Texts()
        for row in rows:
            into.write_row([texts[row[name]] if is_json else row[name] for name, is_json in names])


class _Texts:
    """Values as JSON. Rows share theirs: each is encoded once, and is there as long as its rows."""

    def __init__(self):
        self.known = {}

    def __getitem__(self, value):
        if value is None:
            return None
        if id(value) not in self.known:
            self.known[id(value)] = json.dumps(value)
        return self.known[id(value)]


def reset_keys(*tables):
    """Let the database give keys again after those that we gave."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
