"""Keeping rows in step with the starter files that they came from, without touching what the company has edited.

The deed is `bring`. It compares three things: what the file says now, what it said when the row was last written, and
whether the row still is as it was written (`StarterRow` remembers the last two).

| row | file | what happens |
|---|---|---|
| not there | new | created |
| as written | says the same | unchanged: nothing is written |
| as written | says something new | updated |
| edited, or a draft waits, or unpublished | any | kept |
| deleted | any | left out, not made again |
"""

import hashlib
import json
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from . import indexing
from .models import StarterRow

# Identities are made of keys under this one, so that they are equal on every installation.
NAMESPACE = uuid.UUID("6f4e3c1e-5d5b-5c0e-9a43-7d1f5f0f2c68")


class StarterError(Exception):
    """A starter file cannot be loaded: which one and why, in one sentence."""


@dataclass
class Row:
    """What a file says about one row. `key` ("guide/checking-a-seal") names it for good.

    `file`, and `lines` of the blocks of its text, are named when something is wrong.
    """

    key: str
    file: str
    says: dict
    lines: list = ()

    @property
    def identity(self):
        return identity(self.key)


def identity(key):
    return uuid.uuid5(NAMESPACE, key)


class Report:
    """What a load did: counts by kind and outcome, the keys of what it wrote and of what it left to the company."""

    def __init__(self):
        self.counts = defaultdict(Counter)
        self.written, self.kept = set(), set()

    def add(self, kind, outcome, key):
        self.counts[kind][outcome] += 1
        if outcome in ("created", "updated"):
            self.written.add(key)
        if outcome == "kept":
            self.kept.add(key)


def bring(model, rows, *, kind, report, add=None, write=None):
    """Make rows of `model` say what the files say. Returns `{key: object}`, without those the company deleted.

    `add(object, row)` saves a new one (pages need a parent), `write(object, row)` puts a row's values into it.
    """
    notes = StarterRow.objects.in_bulk([row.key for row in rows], field_name="key")
    there = {str(pk): found for pk, found in model.objects.in_bulk([note.target for note in notes.values()]).items()}
    objects = {}
    with indexing.once():
        for row in rows:
            note = notes.get(row.key)
            found = there.get(note.target) if note else None
            outcome = outcome_of(note, found, source_of(row))
            if outcome in ("created", "updated"):
                found = _save(model, found, row, add, write or put)
                remember(model, found, row, note or StarterRow(key=row.key), source_of(row))
            if found:
                objects[row.key] = found
            report.add(kind, outcome, row.key)
    return objects


def outcome_of(note, found, source):
    if not note:
        return "created"
    if not found:
        return "deleted"
    if is_draft(found) or any(hash_of(_plain(getattr(found, name))) != was for name, was in note.written.items()):
        return "kept"
    return "unchanged" if note.source == source else "updated"


def is_draft(found):
    """Whether an editor's work waits there: a draft, or a page taken off the site."""
    return getattr(found, "has_unpublished_changes", False) or not getattr(found, "live", True)


def _save(model, found, row, add, write):
    new = found is None
    found = _new(model, row) if new else found
    write(found, row)
    check_streams(found, row)
    try:
        if new and add:
            add(found, row)
        else:
            # A page does that itself.
            if not isinstance(found, Page):
                found.full_clean()
            found.save()
    except ValidationError as error:
        raise StarterError(f"{row.file}: {first_sentence(error)}") from error
    if hasattr(found, "has_unpublished_changes"):
        publish(found)
    return found


def publish(found):
    """What publishing does to a row that was saved live, without saving it three times more; no signal is sent."""
    revision, now = found.save_revision(clean=False, changed=False), timezone.now()
    found.live_revision, found.last_published_at = revision, now
    found.first_published_at = found.first_published_at or now
    type(found).objects.filter(pk=found.pk).update(
        live_revision=revision, last_published_at=now, first_published_at=found.first_published_at
    )


def _new(model, row):
    names = {field.name for field in model._meta.get_fields()}
    if "translation_key" in names:
        return model(translation_key=row.identity, locale=Locale.objects.get(language_code="en"))
    return model(uuid=row.identity) if "uuid" in names else model()


def put(found, row):
    for name, value in row.says.items():
        if isinstance(found._meta.get_field(name), StreamField):
            value = json.dumps(value)
        setattr(found, name, value)


def remember(model, found, row, note, source):
    saved = model.objects.get(pk=found.pk)
    note.target, note.source = str(found.pk), source
    note.written = {name: hash_of(_plain(getattr(saved, name))) for name in row.says if hasattr(saved, name)}
    note.save()


def source_of(row):
    return hash_of({name: _plain(value) for name, value in row.says.items()})


def hash_of(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _plain(value):
    """A field's value, or what a file says about it, as data that JSON can hold."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, StreamValue):
        return value.get_prep_value()
    if isinstance(value, models.Manager):
        return sorted(found.pk for found in value.all())
    if isinstance(value, list) and value and isinstance(value[0], models.Model):
        return sorted(found.pk for found in value)
    return value


def check_streams(found, row):
    """Raises StarterError when a StreamField of the object holds what its blocks refuse."""
    for stream in found._meta.get_fields():
        if isinstance(stream, StreamField):
            _check_types(stream, row)
            try:
                stream.stream_block.clean(getattr(found, stream.name))
            except ValidationError as error:
                where, error = _where(error, row.lines)
                raise StarterError(f"{row.file}{where}: {first_sentence(error)}") from error


def _check_types(stream, row):
    """A StreamField drops blocks of a type that it does not have, without a word; here the file is told."""
    for place, block in enumerate(row.says.get(stream.name, [])):
        if block["type"] not in stream.stream_block.child_blocks:
            where = f", line {row.lines[place]}" if row.lines else ""
            raise StarterError(f"{row.file}{where}: “{block['type']}” is not possible here.")


def _where(error, lines):
    """The line of the first block that has an error, if lines are known, and what is wrong inside it."""
    broken = getattr(error, "block_errors", None)
    if not broken:
        return "", error
    first = min(broken)
    return f", line {lines[first]}" if lines else "", broken[first]


def first_sentence(error):
    """The first sentence somewhere in a tree of validation errors, with the names of the parts around it."""
    if broken := getattr(error, "block_errors", None):
        name, inside = next(iter(broken.items()))
        return f"{name + 1 if isinstance(name, int) else name}: {first_sentence(inside)}"
    if own := getattr(error, "non_block_errors", None):
        return first_sentence(own.as_data()[0])
    if hasattr(error, "error_dict"):
        name, (first, *_rest) = next(iter(error.error_dict.items()))
        return first_sentence(first) if name == "__all__" else f"{name}: {first_sentence(first)}"
    return error.messages[0]
