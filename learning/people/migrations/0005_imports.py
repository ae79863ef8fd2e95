"""Sources and imports of people."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0004_people_as_they_are"),
    ]

    operations = []
