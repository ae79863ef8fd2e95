"""Changing dated rows so that what they said before can still be asked for, "as known at" an instant."""

import copy
import uuid


def as_version(row, at):
    """A row as it stands in the database, as the version that ends at that instant."""
    version = copy.copy(row)
    version._state = copy.copy(row._state)
    version._state.adding = True
    version.pk, version.uuid, version.version_of_id, version.superseded_at = None, uuid.uuid4(), row.pk, at
    return version


def keep_versions(model, ids, at):
    """Before rows are changed in bulk: keep what they say. Whoever changes them sets their `recorded_at` to `at`."""
    rows = model.objects.select_for_update(no_key=True).filter(pk__in=ids, recorded_at__lt=at)
    model.ever.bulk_create([as_version(row, at) for row in rows.order_by("pk")], batch_size=1000)


def change(row, at, **fields):
    """Give a dated row new values; what it said before stays as a version of it. Whether anything changed."""
    stored = type(row).objects.select_for_update(no_key=True).get(pk=row.pk)
    if all(getattr(stored, name) == value for name, value in fields.items()):
        return False
    # Entered and put right at the same instant: nobody ever knew the first.
    if stored.recorded_at < at:
        as_version(stored, at).save(force_insert=True)
    for name, value in (fields | {"recorded_at": at}).items():
        setattr(row, name, value)
    row.save(update_fields=[*fields, "recorded_at"])
    return True


def take_back(row, at):
    """The row no longer counts, and never did; what was known before stays."""
    row.superseded_at = at
    row.save(update_fields=["superseded_at"])


def said_before(row):
    """What the row said before its last change, or None when there was none."""
    return type(row).ever.filter(version_of=row, superseded_at=row.recorded_at).order_by("-pk").first()


def restate(row, at):
    """A row that was taken back counts again from that instant on."""
    row = copy.copy(row)
    row._state = copy.copy(row._state)
    row.pk, row.uuid, row.superseded_at, row.recorded_at = None, uuid.uuid4(), None, at
    row._state.adding = True
    row.save(force_insert=True)
