"""Evidence is never rewritten: not by the models, not by SQL, not after a migration rebuilt its table."""

import pytest
from django.apps import apps
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from courses.models import Edition
from learning.records import guards
from learning.records.models import LedgerEntry, RecordSubject, TrainingRecord

from . import factory


@pytest.fixture
def row(db):
    return factory.record()


def sql(statement, *arguments):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def refused(statement, *arguments):
    with pytest.raises(DatabaseError, match="are evidence"):
        sql(statement, *arguments)


EVIDENCE = ["records_trainingrecord", "records_ledgerentry"]


@pytest.mark.parametrize("table", EVIDENCE)
def test_the_database_refuses_to_change_or_delete_a_record(row, table):
    refused(f"UPDATE {table} SET recorded_at = recorded_at")
    refused(f"UPDATE {table} SET uuid = uuid WHERE id = (SELECT min(id) FROM {table})")
    # Its subject and entry would hold a record too: the refusal must be the guard's.
    refused(f"DELETE FROM {table}")
    assert TrainingRecord.objects.get() == row
    assert LedgerEntry.objects.get() == row.entry


def test_of_a_subject_the_database_allows_only_the_erasure(row):
    refused("UPDATE records_recordsubject SET last_name = 'Other'")
    sql("DELETE FROM records_recordsubject")
    assert RecordSubject.objects.count() == 0
    row = TrainingRecord.objects.get()
    assert (row.name, row.number, row.commitment) == ("", "", row.commitment)


def _other_ways():
    """Statements by which a client could change a row without UPDATE or DELETE being what it says."""
    factory.edition()
    # PostgreSQL truncates nothing while foreign keys wait to be checked.
    connection.check_constraints()
    tables = [*EVIDENCE, "records_recordsubject"]
    if connection.vendor == "postgresql":
        return [f"TRUNCATE {table} CASCADE" for table in tables]
    # The same number of the same course: unique only together.
    columns = [field.column for field in Edition._meta.concrete_fields if not field.primary_key]
    values = ["'00000000000000000000000000000000'" if column == "uuid" else column for column in columns]
    return [
        *(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in tables),
        f"INSERT OR REPLACE INTO courses_edition ({', '.join(columns)}) "
        f"SELECT {', '.join(values)} FROM courses_edition",
        "INSERT INTO records_trainingrecord SELECT * FROM records_trainingrecord WHERE true "
        "ON CONFLICT (id) DO UPDATE SET course = 'Other'",
    ]


def test_the_database_refuses_the_other_ways(row):
    for statement in _other_ways():
        refused(statement)


# How a client gets round triggers: a session that replays a copy; one that did not ask for recursive triggers, in
# which OR REPLACE deletes the old row unseen by its DELETE trigger.
CUNNING = {
    "postgresql": ("SET session_replication_role = replica", "RESET session_replication_role"),
    "sqlite": ("PRAGMA recursive_triggers = OFF", "PRAGMA recursive_triggers = ON"),
}


def test_the_database_refuses_a_cunning_client(row):
    before, after = CUNNING[connection.vendor]
    sql(before)
    try:
        refused("UPDATE records_trainingrecord SET course = 'Other'")
        for statement in _other_ways():
            refused(statement)
    finally:
        sql(after)


@pytest.mark.parametrize(
    "deed",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: TrainingRecord.objects.update(course="Other"),
        lambda row: TrainingRecord.objects.bulk_update([row], ["course"]),
        lambda row: TrainingRecord.objects.all().delete(),
        lambda row: TrainingRecord.objects.update_or_create(pk=row.pk, defaults={"course": "Other"}),
        lambda row: row.entry.save(),
        lambda row: row.entry.delete(),
        lambda row: LedgerEntry.objects.update(body="{}"),
        lambda row: LedgerEntry.objects.all().delete(),
        lambda row: row.subject.save(),
    ],
)
def test_the_models_refuse_in_words_before_the_database_does(row, deed):
    with pytest.raises(TypeError, match="never"):
        deed(row)


def test_who_evidence_names_is_not_deleted(row):
    with pytest.raises(models.ProtectedError):
        row.person.delete()


def test_all_guards_are_there_and_the_check_is_content(db):
    assert guards.missing(connection) == []
    assert checks.run_checks(tags=["database"], databases=["default"]) == []


WITHOUT_GUARD = {
    "postgresql": [
        "DROP TRIGGER guard_records_trainingrecord_update ON records_trainingrecord",
        "ALTER TABLE records_trainingrecord DISABLE TRIGGER guard_records_trainingrecord_update",
        "ALTER TABLE records_trainingrecord ENABLE TRIGGER guard_records_trainingrecord_update",
    ],
    "sqlite": ["DROP TRIGGER guard_records_trainingrecord_update"],
}


def test_the_check_names_a_guard_that_is_missing_or_weakened(db):
    for statement in WITHOUT_GUARD[connection.vendor]:
        sql(statement)
        (warning,) = checks.run_checks(tags=["database"], databases=["default"])
        assert (warning.id, warning.msg) == (
            "records.W001",
            "The database 'default' lacks the guard guard_records_trainingrecord_update.",
        )
        guards.install(connection)
        assert guards.missing(connection) == []


def _alter(model):
    """What a later migration does: SQLite rebuilds the table for it."""
    field = models.CharField(max_length=20, default="later")
    field.set_attributes_from_name("added_later")
    with connection.schema_editor() as editor:
        editor.add_field(model, field)


@pytest.mark.parametrize("label", sorted(guards.GUARDED))
def test_guards_are_back_after_a_migration_alters_their_table(committed_database, label):
    model = apps.get_model(label)
    _alter(model)
    if connection.vendor == "sqlite":
        # The rebuild dropped them without a word: this is why they are installed again.
        assert guards.missing(connection) != []
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []
