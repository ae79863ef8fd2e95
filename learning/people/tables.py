"""Many rows at once, prepared before the transaction so that it is short.

Rows refer to each other by uuid, and the database finds the primary keys: nobody need know the key of a person who is
only being inserted. On SQLite a transaction that writes keeps all others waiting; `bulk_create` spends nine tenths of
its time making objects and statements, which is done here before.
"""

import uuid

from django.db import connection, models

BATCH = 200
# Fields whose Python values are what the database takes.
PLAIN = (models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.AutoField)


class Moved(Exception):
    """A row is not what it was when the import was planned."""


def uuid_param(value):
    """A uuid, as text or not, as the database takes it."""
    if connection.features.has_native_uuid_field:
        return str(value)
    return value.hex if isinstance(value, uuid.UUID) else value.replace("-", "")


def _reference(field):
    table = field.related_model._meta.db_table
    return f"(SELECT id FROM {connection.ops.quote_name(table)} WHERE uuid = %s)"


def _stored(field):
    """What makes a value of the field what the database takes."""
    if isinstance(field, models.UUIDField):
        return uuid_param
    if isinstance(field, PLAIN) or (isinstance(field, models.ForeignKey) and isinstance(field.target_field, PLAIN)):
        return lambda value: value
    if isinstance(field, models.DateField):
        return _Remembering(field)
    return lambda value: field.get_db_prep_save(value, connection)


class _Remembering(dict):
    """The same few days and instants again and again."""

    def __init__(self, field):
        super().__init__()
        self._field = field

    def __missing__(self, value):
        self[value] = self._field.get_db_prep_save(value, connection)
        return self[value]

    def __call__(self, value):
        return self[value]


def _same(value):
    return value


class Inserts:
    """Rows of one model to be inserted; a field that is not given has its default.

    Fields named in `by_uuid` are foreign keys, given as `uuid_param` of the row that they refer to; not together with
    `once`, with which a row that a constraint rules out is left out.
    """

    def __init__(self, model, by_uuid=(), once=False):
        self.fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
        self.rows = []
        self._columns = [
            (field.name, _same if field.name in by_uuid else _stored(field), self._default(field))
            for field in self.fields
        ]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in self.fields)
        self._into = f"{quote(model._meta.db_table)} ({columns})"
        self._end = " ON CONFLICT DO NOTHING" if once else ""
        self._by_uuid = frozenset(by_uuid)

    def _default(self, field):
        # Never the default of two rows at once: every row is given its own.
        return None if field.name == "uuid" else field.get_db_prep_save(field.get_default(), connection)

    def add(self, **values):
        self.rows.append(
            tuple(stored(values[name]) if name in values else default for name, stored, default in self._columns)
        )

    def run(self, cursor):
        """Insert the rows, and forget them."""
        if not self.rows:
            return
        if connection.vendor == "sqlite":
            # One prepared statement.
            values = ", ".join(_reference(field) if field.name in self._by_uuid else "%s" for field in self.fields)
            cursor.executemany(f"INSERT INTO {self._into} VALUES ({values}){self._end}", self.rows)
        elif self._end:
            self._insert(cursor)
        else:
            self._copy(cursor)
        self.rows.clear()

    def _insert(self, cursor):
        """On PostgreSQL, where a copy does not leave out what is there already: one round trip for many rows."""
        row = f"({', '.join(['%s'] * len(self.fields))})"
        for start in range(0, len(self.rows), BATCH):
            rows = self.rows[start : start + BATCH]
            values = ", ".join([row] * len(rows))
            cursor.execute(
                f"INSERT INTO {self._into} VALUES {values}{self._end}", [item for row in rows for item in row]
            )

    def _copy(self, cursor):
        keys = [
            (place, _keys(cursor, field, {row[place] for row in self.rows}))
            for place, field in enumerate(self.fields)
            if field.name in self._by_uuid
        ]
        # What the driver raises here does not go through Django's cursor.
        with connection.wrap_database_errors, cursor.copy(f"COPY {self._into} FROM STDIN") as copy:
            for row in self.rows:
                row = list(row)
                for place, known in keys:
                    row[place] = known.get(row[place])
                copy.write_row(row)


def _keys(cursor, field, names):
    """`{uuid: primary key}` of rows that a foreign key may refer to."""
    table = connection.ops.quote_name(field.related_model._meta.db_table)
    cursor.execute(f"SELECT uuid, id FROM {table} WHERE uuid = ANY(%s::uuid[])", [[name for name in names if name]])
    return {str(name): key for name, key in cursor.fetchall()}


class Updates:
    """Changes of rows of one model, each on the condition that the row still says what it said."""

    def __init__(self, model, by_uuid=()):
        self._model = model
        self._by_uuid = set(by_uuid)
        # Statement by the fields that it sets and asks about: its rows.
        self._statements = {}

    def add(self, *, pk, values, expected):
        """Set `values` where the primary key is `pk` and the fields in `expected` are as they are there."""
        meta, quote = self._model._meta, connection.ops.quote_name
        sets, asks, given = [], [f"{quote('id')} = %s"], []
        for name, value in values.items():
            field = meta.get_field(name)
            reference = name in self._by_uuid
            sets.append(f"{quote(field.column)} = {_reference(field) if reference else '%s'}")
            given.append((value and uuid_param(value)) if reference else field.get_db_prep_save(value, connection))
        given.append(pk)
        for name, value in expected.items():
            field = meta.get_field(name)
            if value is None:
                asks.append(f"{quote(field.column)} IS NULL")
            else:
                asks.append(f"{quote(field.column)} = %s")
                given.append(field.get_db_prep_save(value, connection))
        statement = f"UPDATE {quote(meta.db_table)} SET {', '.join(sets)} WHERE {' AND '.join(asks)}"
        self._statements.setdefault(statement, []).append(tuple(given))

    def run(self, cursor):
        for statement, rows in self._statements.items():
            cursor.executemany(statement, rows)
            if cursor.rowcount != len(rows):
                raise Moved
