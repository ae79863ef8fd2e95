"""What PostgreSQL vouches for by itself: entries in which all agrees, by the rules of `entry_check.py`.

Of a million entries nearly all do, and the database says so without handing fifty values of each to Python. What it
does not vouch for, whatever the reason, is looked at there; only there is decided what a finding is.
"""

import functools

from django.db import DatabaseError, connection, models, transaction

from .. import canonical
from ..models import LedgerEntry, LedgerPosition, RecordSubject, TrainingRecord, WaitingEntry
from .entry_check import OF_RECORDS

# The words of `canonical.plain`, by class of field; others stand as they are.
_WORDS = {
    models.DateTimeField: """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    models.DateField: "to_char({}, 'YYYY-MM-DD')",
    models.UUIDField: "{}::text",
    models.DecimalField: "{}::text",
}

# Postgres takes a hundred arguments of one call.
_PAIRS = 40

_SQL = """
SELECT e.id
FROM {entries} e
CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) said
LEFT JOIN {places} p ON p.entry_id = e.id
LEFT JOIN {waiting} w ON w.entry_id = e.id
LEFT JOIN {records} r ON r.id = e.record_id
LEFT JOIN {editions} edition ON edition.id = r.edition_id
LEFT JOIN {records} corrects ON corrects.id = r.corrects_id
LEFT JOIN {people} person ON person.id = r.person_id
LEFT JOIN {people} recorder ON recorder.id = r.recorder_id
LEFT JOIN {subjects} s ON s.record_id = r.id
WHERE e.id > %s AND e.id <= %s AND (
    encode(sha256('\\x00'::bytea || convert_to(e.body, 'UTF8')), 'hex') = e.leaf
    AND CASE WHEN p.id IS NULL THEN w.entry_id IS NOT NULL ELSE p.leaf = e.leaf AND w.entry_id IS NULL END
    AND said.body = jsonb_build_object(
        'schema', e.schema_version, 'entry', e.uuid::text, 'kind', e.kind, 'recorded_at', {recorded_at},
        'data', CASE WHEN r.id IS NULL THEN said.body -> 'data' ELSE {data} END
    )
    AND CASE WHEN r.id IS NULL THEN e.kind NOT IN ({of_records}) ELSE
        person.uuid = r.person_uuid
        AND recorder.uuid IS NOT DISTINCT FROM r.recorder_uuid
        AND encode(sha256(convert_to({subject}, 'UTF8')), 'hex') = r.commitment
    END
) IS NOT TRUE
"""


def doubtful(after, until):
    """Keys of the entries with keys `after` (exclusive) to `until` that are still to be looked at; None for all."""
    if connection.vendor != "postgresql":
        return None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_sql(), [after, until])
            return [pk for (pk,) in cursor.fetchall()]
    except DatabaseError:
        # Somebody wrote what is no JSON into one of them.
        return None


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
    return _SQL.format(
        **tables,
        recorded_at=_words(LedgerEntry._meta.get_field("recorded_at"), "e"),
        data=_data([meta.get_field(name) for name in canonical.stated_fields(TrainingRecord)]),
        subject=_subject(),
        of_records=", ".join(f"'{kind}'" for kind in OF_RECORDS),
    )


def _data(fields):
    """What `canonical.stated` says of the record `r`."""
    pairs = [(field.name, _words(field, "r")) for field in fields if field.name not in canonical.LATER]
    pairs += [("edition_uuid", "edition.uuid::text"), ("corrects_uuid", "corrects.uuid::text")]
    parts = [_object(pairs[first : first + _PAIRS]) for first in range(0, len(pairs), _PAIRS)]
    for field in fields:
        if field.name in canonical.LATER:
            said = _object([(field.name, _words(field, "r"))])
            parts.append(f"CASE WHEN {_column(field, 'r')} IS NULL THEN '{{}}'::jsonb ELSE {said} END")
    return " || ".join(parts)


def _subject():
    """The text that `canonical.commitment` hashes. Of a text, Postgres makes the JSON that RFC 8785 asks for."""
    texts = [f"'\"{name}\":' || to_json(s.{name})::text" for name in sorted(canonical.COMMITTED)]
    return "'{' || " + " || ',' || ".join(texts) + " || '}'"


def _object(pairs):
    said = ", ".join(f"'{name}', {words}" for name, words in pairs)
    return f"jsonb_build_object({said})"


def _words(field, table):
    words = next((words for kind, words in _WORDS.items() if isinstance(field, kind)), "{}")
    return words.format(_column(field, table))


def _column(field, table):
    return f"{table}.{_quoted(field.column)}"


def _quoted(name):
    return connection.ops.quote_name(name)
