"""The database's own refusal to change evidence, on SQLite and PostgreSQL.

Which tables, and what each refuses, stands here and nowhere else. Installed again after every migrate, asserted by a
system check and by /readyz. There is no bypass in product code, so guarded tables never need a data UPDATE.
"""

from django.apps import apps
from django.db import connections
from django.db.models import UniqueConstraint

UPDATE, DELETE, TRUNCATE = "UPDATE", "DELETE", "TRUNCATE"

GUARDED = {
    "people.AudienceVersion": (UPDATE, DELETE, TRUNCATE),
    "quizzes.QuestionVersion": (UPDATE, DELETE, TRUNCATE),
    "courses.Edition": (UPDATE, DELETE, TRUNCATE),
    "records.TrainingRecord": (UPDATE, DELETE, TRUNCATE),
    "records.LedgerEntry": (UPDATE, DELETE, TRUNCATE),
    "records.LedgerPosition": (UPDATE, DELETE, TRUNCATE),
    "records.Checkpoint": (UPDATE, DELETE, TRUNCATE),
    "records.EvidencePack": (UPDATE, DELETE, TRUNCATE),
    # A lawful erasure deletes the personal values; nothing may rewrite them.
    "records.RecordSubject": (UPDATE, TRUNCATE),
    # One attached by mistake is taken away again, and a lawful erasure deletes it.
    "records.SessionFile": (UPDATE, TRUNCATE),
    "assignments.RequirementVersion": (UPDATE, DELETE, TRUNCATE),
}

FUNCTION = "gatehouse_refuse"


def _name(table, verb):
    return f"guard_{table}_{verb.lower()}"


def _unique_columns(model):
    """The columns of everything that is unique in a table, alone or together."""
    for field in model._meta.local_fields:
        if field.unique:
            yield [field.column]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields and not constraint.condition:
            yield [model._meta.get_field(name).column for name in constraint.fields]


def _wanted(connection):
    """(table, model, verb) of every guard that this database can hold."""
    verbs = (UPDATE, DELETE, TRUNCATE) if connection.vendor == "postgresql" else (UPDATE, DELETE, "REPLACE")
    for label, refused in GUARDED.items():
        model = apps.get_model(label)
        for verb in verbs:
            if verb in refused or verb == "REPLACE":
                yield model._meta.db_table, model, verb


def _postgresql(quote, table, model, verb):
    each = "STATEMENT" if verb == TRUNCATE else "ROW"
    name = quote(_name(table, verb))
    yield f"DROP TRIGGER IF EXISTS {name} ON {quote(table)}"
    yield (f"CREATE TRIGGER {name} BEFORE {verb} ON {quote(table)} FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()")
    # ALWAYS: a replica role or a restore session does not switch it off.
    yield f"ALTER TABLE {quote(table)} ENABLE ALWAYS TRIGGER {name}"


def _sqlite(quote, table, model, verb):
    name = quote(_name(table, verb))
    when = ""
    event = verb
    if verb == "REPLACE":
        # INSERT OR REPLACE deletes the old row, without its DELETE trigger unless the client asks for that.
        event = "INSERT"
        same = " OR ".join(
            "(" + " AND ".join(f"{quote(column)} = NEW.{quote(column)}" for column in columns) + ")"
            for columns in _unique_columns(model)
        )
        when = f"WHEN EXISTS (SELECT 1 FROM {quote(table)} WHERE {same}) "
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {quote(table)} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, 'Gatehouse: rows of {table} are evidence; {verb} is refused'); END"
    )


def install(connection):
    """Create the guards of every guarded table that exists."""
    tables = set(connection.introspection.table_names())
    quote = connection.ops.quote_name
    statements = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'Gatehouse: rows of % are evidence; % is refused', TG_TABLE_NAME, TG_OP; END $$"
            )
        for table, model, verb in _wanted(connection):
            if table in tables:
                for statement in statements(quote, table, model, verb):
                    cursor.execute(statement)


def missing(connection):
    """Names of guards that the tables of the database lack, sorted."""
    tables = set(connection.introspection.table_names())
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    wanted = {_name(table, verb) for table, model, verb in _wanted(connection) if table in tables}
    return sorted(wanted - present)


def install_after_migrate(sender, using, **kwargs):
    install(connections[using])
