"""What PostgreSQL vouches for by itself: entries of records in which all agrees, by the rules of `entry_check.py`.

Of a million entries nearly all do, and the database says so without handing fifty values of each to Python: it writes
the body of each record again, and where that is the body of its entry, letter by letter, they say the same. What it
does not vouch for, whatever the reason, is looked at in Python; only there is decided what a finding is.
"""

import functools

from django.db import connection, models, transaction

from .. import canonical
from ..models import LedgerEntry, LedgerPosition, RecordSubject, TrainingRecord, WaitingEntry

# Canonical JSON of a column, by class of field; what is in no class stands as the database writes it.
_JSON = (
    (models.DateTimeField, r"""to_char({0} AT TIME ZONE 'UTC', '\"YYYY-MM-DD"T"HH24:MI:SS.US"Z\""')"""),
    (models.DateField, r"""to_char({0}, '\"YYYY-MM-DD\"')"""),
    ((models.UUIDField, models.DecimalField), """'"' || {0}::text || '"'"""),
    # Of a text, Postgres makes the JSON that RFC 8785 asks for.
    ((models.CharField, models.TextField), "to_json({0})::text"),
    # What takes away nulls leaves no blanks between; a list in which it would take one away is not vouched for.
    # Names of an object stand in the order of their letters; what nests deeper keeps its blanks, and is not either.
    (
        models.JSONField,
        """CASE
        WHEN jsonb_typeof({0}) = 'array' AND {0}::text NOT LIKE '%%": null%%' THEN
            json_strip_nulls({0}::text::json)::text
        WHEN {0}::text = '{{}}' THEN '{{}}'
        WHEN jsonb_typeof({0}) = 'object' THEN '{{' || (
            SELECT string_agg(to_json(name)::text || ':' || value::text, ',' ORDER BY name COLLATE "C")
            FROM jsonb_each({0}) AS part(name, value)
        ) || '}}' END""",
    ),
)

# Postgres takes a hundred arguments of one call.
_ARGUMENTS = 100

_SQL = """
SELECT e.id
FROM {entries} e
LEFT JOIN {places} p ON p.entry_id = e.id
LEFT JOIN {waiting} w ON w.entry_id = e.id
LEFT JOIN {records} r ON r.id = e.record_id
LEFT JOIN {editions} edition ON edition.id = r.edition_id
LEFT JOIN {records} corrects ON corrects.id = r.corrects_id
LEFT JOIN {people} person ON person.id = r.person_id
LEFT JOIN {people} recorder ON recorder.id = r.recorder_id
LEFT JOIN {subjects} s ON s.record_id = r.id
WHERE e.id > %s AND e.id <= %s AND (
    r.id IS NOT NULL
    AND encode(sha256('\\x00'::bytea || convert_to(e.body, 'UTF8')), 'hex') = e.leaf
    AND CASE WHEN p.id IS NULL THEN w.entry_id IS NOT NULL ELSE p.leaf = e.leaf AND w.entry_id IS NULL END
    AND e.body = {body}
    AND person.uuid = r.person_uuid
    AND recorder.uuid IS NOT DISTINCT FROM r.recorder_uuid
    AND encode(sha256(convert_to({subject}, 'UTF8')), 'hex') = r.commitment
) IS NOT TRUE
"""

# Each entry finds what stands beside it by its key. Left to itself, the planner reads whole tables for each piece; and
# the processes of a verification share the work already.
_PLAN = """
SET LOCAL jit = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL max_parallel_workers_per_gather = 0
"""


def doubtful(after, until):
    """Keys, in any order, of the entries from `after` (exclusive) to `until` that are to be looked at; None for all."""
    if connection.vendor != "postgresql":
        return None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLAN)
        cursor.execute(_sql(), [after, until])
        return [pk for (pk,) in cursor.fetchall()]


@functools.cache
def _sql():
    meta = TrainingRecord._meta
    models_by_name = {
        "entries": LedgerEntry,
        "places": LedgerPosition,
        "waiting": WaitingEntry,
        "records": TrainingRecord,
        "subjects": RecordSubject,
        "editions": meta.get_field("edition").related_model,
        "people": meta.get_field("person").related_model,
    }
    tables = {name: _quoted(model._meta.db_table) for name, model in models_by_name.items()}
    subject = {name: _json(RecordSubject._meta.get_field(name), "s") for name in canonical.COMMITTED}
    return _SQL.format(**tables, body=_body(), subject=_object(subject))


def _body():
    """What `canonical.body` makes of the entry `e` of the record `r`."""
    meta = TrainingRecord._meta
    data = {name: _json(meta.get_field(name), "r") for name in canonical.stated_fields(TrainingRecord)}
    data["edition_uuid"] = _json_or_null(models.UUIDField(), "edition.uuid")
    data["corrects_uuid"] = _json_or_null(models.UUIDField(), "corrects.uuid")
    names = {"entry": "uuid", "kind": "kind", "recorded_at": "recorded_at", "schema": "schema_version"}
    frame = {name: _json(LedgerEntry._meta.get_field(column), "e") for name, column in names.items()}
    return _object({"data": _object(data)} | frame)


def _object(values):
    """An object of these pieces of JSON by name; of fields that came later, only where they say something."""
    parts = []
    for name in sorted(values):
        begin = f"""'{"," if parts else ""}"{name}":'"""
        if name in canonical.LATER:
            parts.append(f"CASE WHEN {values[name]} = 'null' THEN '' ELSE {begin} || {values[name]} END")
        else:
            parts += [begin, values[name]]
    calls = [parts[first : first + _ARGUMENTS] for first in range(0, len(parts), _ARGUMENTS)]
    said = " || ".join(f"concat({', '.join(those)})" for those in calls)
    return f"'{{' || {said} || '}}'"


def _json(field, table):
    said = _json_or_null if field.null else _json_of
    return said(field, f"{table}.{_quoted(field.column)}")


def _json_or_null(field, column):
    return f"CASE WHEN {column} IS NULL THEN 'null' ELSE {_json_of(field, column)} END"


def _json_of(field, column):
    said = next((said for kind, said in _JSON if isinstance(field, kind)), "{0}::text")
    return said.format(column)


def _quoted(name):
    return connection.ops.quote_name(name)
