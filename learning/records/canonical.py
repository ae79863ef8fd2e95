"""The canonical form of evidence: pure. What is hashed here can be checked by anybody, without our code.

An entry's body is the RFC 8785 form (canonical JSON) of

    {"schema": 1, "entry": uuid, "kind": str, "recorded_at": instant, "data": {…}}

`schema` is 1, or 2 for a record that states `sign_in_origin`: a field that came later stands in a body only where it
says something, so that bodies of before read as they always did.

Instants are strings in UTC with microseconds ("2026-11-24T19:00:00.000000Z"), dates "2026-11-24", uuids in lower case
with hyphens, decimals strings with their places ("87.50"): no number in a body needs a floating point.
"""

import datetime
import decimal
import functools
import hashlib
import json
import operator
import uuid

import rfc8785

SCHEMA = 1
# Fields that came after schema 1, and the schema that a body has which states them.
LATER = {"sign_in_origin": 2}

# The values of a RecordSubject to which its record commits.
COMMITTED = ("salt", "number", "first_name", "last_name", "email")

_TEXTS = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_quoted = json.encoder.encode_basestring

# Rows of the same database: their identities stand in the body instead, or are values of the record themselves.
_KEYS = {"id", "person", "recorder", "edition", "corrects"}


def plain(value):
    """A field's value in the words of canonical JSON; what is in them already stands as it is."""
    match value:
        case str():
            return value
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
        case datetime.date():
            return value.isoformat()
        case dict():
            return {name: plain(part) for name, part in value.items()}
        case uuid.UUID() | decimal.Decimal():
            return str(value)
        case _:
            return value


def stated_fields(model):
    """Names of the fields of TrainingRecord whose values stand in its entry as they are."""
    return [field.name for field in model._meta.concrete_fields if field.name not in _KEYS]


def record_data(record):
    """Every field of a training record; of the person only the uuid and the commitment to the personal values."""
    values = {name: getattr(record, name) for name in stated_fields(record)}
    values["edition_uuid"] = record.edition and record.edition.uuid
    values["corrects_uuid"] = record.corrects and record.corrects.uuid
    return stated(values)


def stated(values):
    """What an entry says of a record with these values; `edition_uuid` and `corrects_uuid` stand for other rows."""
    return {
        # Most are text: said of a million records, a call for each counts.
        name: value if type(value) is str else plain(value)
        for name, value in values.items()
        if value is not None or name not in LATER
    }


def schema_of(data):
    """The schema of a body with that data: the newest of the fields that it states."""
    return max((schema for name, schema in LATER.items() if name in data), default=SCHEMA)


def body(*, kind, entry, recorded_at, data):
    """The text of an entry."""
    return rfc8785.dumps(_form(kind, entry, recorded_at, data)).decode()


def pieces(values):
    """What an entry says of these values, `{name: its piece of the body}`: of many bodies, most pieces are the same."""
    return {name: f'"{name}":{_encoded(value)}' for name, value in stated(values).items()}


def _encoded(value):
    # Most are text or nothing, for which the encoder would take ten times as long.
    if type(value) is str:
        return _quoted(value)
    return "null" if value is None else _TEXTS.encode(value)


def body_of_pieces(*, kind, entry, recorded_at, pieces):
    """As `body`: where names are in ASCII and no number has a fraction, Python's JSON is the same."""
    data = ",".join(_in_order(tuple(pieces))(pieces))
    frame = f'"entry":"{entry}","kind":"{kind}","recorded_at":"{plain(recorded_at)}","schema":{schema_of(pieces)}'
    return f'{{"data":{{{data}}},{frame}}}'


@functools.cache
def _in_order(names):
    """Takes the pieces of these names out of a dict, sorted."""
    return operator.itemgetter(*sorted(names))


def _form(kind, entry, recorded_at, data):
    return {
        "schema": schema_of(data),
        "entry": plain(entry),
        "kind": kind,
        "recorded_at": plain(recorded_at),
        "data": data,
    }


def leaf(text):
    """The Merkle leaf hash of an entry's body, hex: SHA-256(0x00 ‖ body) (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + text.encode()).hexdigest()


def commitment(*, salt, number, first_name, last_name, email):
    """What a record says of its subject: SHA-256, hex, over the RFC 8785 form of the salt and the values.

    The salt goes with the values: after an erasure nobody can try out names against it.
    """
    return committing(number=number, first_name=first_name, last_name=last_name, email=email)(salt)


def committing(*, number, first_name, last_name, email):
    """As `commitment`, to the same values many times: takes a salt for each."""
    values = {"number": number, "first_name": first_name, "last_name": last_name, "email": email}
    # Of texts under names in ASCII, Python's own JSON is the canonical one; it is ten times as fast (tests compare).
    # "salt" is the last of the names.
    begun = hashlib.sha256(f'{_TEXTS.encode(values)[:-1]},"salt":'.encode())

    def commitment(salt):
        whole = begun.copy()
        whole.update(f"{_quoted(salt)}}}".encode())
        return whole.hexdigest()

    return commitment
