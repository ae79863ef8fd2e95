"""Many rows of one table at once: COPY on PostgreSQL, bulk_create elsewhere."""

import functools
import json
import operator

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 2000
# Stands for NULL; no value of ours has a control character.
NOTHING = "\x02"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def empty(model):
    """A row of that model, `{attname: value}` without its key, in which nothing is said yet."""
    return {field.attname: field.get_default() for field in model._meta.concrete_fields if not field.primary_key}


def next_key(model):
    """The first key that is free. Nobody else may write to the table until `reset_keys`."""
    return (model._base_manager.aggregate(newest=models.Max("pk"))["newest"] or 0) + 1


def insertion(model, rows):
    """A function that inserts rows, `{attname: value}` with all columns that they have in common with the first.

    What can be done without the database is done when it is made, which another thread may do.
    """
    if not rows:
        return lambda: None
    if connection.vendor != "postgresql":
        made = [model(**row) for row in rows]
        return lambda: model._base_manager.bulk_create(made, batch_size=BATCH)
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    table, columns = _quoted(model._meta.db_table), ", ".join(_quoted(field.column) for field in fields)
    return functools.partial(_copy, f"COPY {table} ({columns}) FROM STDIN (NULL '{NOTHING}')", _lines(fields, rows))


def _copy(statement, lines):
    with connection.cursor() as cursor, cursor.copy(statement) as into:
        into.write(lines)


def _quoted(name):
    return connection.ops.quote_name(name)


def _lines(fields, rows):
    """Rows as COPY reads them, as one text. Most values of a million rows are text already: nothing is adapted."""
    take = operator.itemgetter(*(field.attname for field in fields))
    in_json = [number for number, field in enumerate(fields) if isinstance(field, models.JSONField)]
    texts, lines = _Texts(), []
    for row in rows:
        values = list(take(row))
        for number in in_json:
            values[number] = texts[values[number]]
        values = [value if type(value) is str else NOTHING if value is None else str(value) for value in values]
        line = "\t".join(values)
        if "\\" in line or "\n" in line or "\r" in line or line.count("\t") >= len(values):
            line = "\t".join(value.translate(_ESCAPED) for value in values)
        lines.append(line)
    return "\n".join(lines) + "\n"


class _Texts:
    """Values as JSON. Rows share theirs: each is encoded once, and is there as long as its rows."""

    def __init__(self):
        self.known = {}

    def __getitem__(self, value):
        if value is None:
            return None
        if id(value) not in self.known:
            self.known[id(value)] = json.dumps(value, ensure_ascii=False)
        return self.known[id(value)]


def reset_keys(*tables):
    """Let the database give keys again after those that we gave."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
