"""A text search configuration for PostgreSQL that hears "camion" in "camión". SQLite's index does so by itself."""

from django.db import migrations

STATEMENTS = [
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "CREATE TEXT SEARCH CONFIGURATION gatehouse (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION gatehouse ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple",
]


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in STATEMENTS:
            schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION gatehouse")


class Migration(migrations.Migration):
    dependencies = [("content", "0004_blanks")]
    operations = [migrations.RunPython(make, unmake)]
