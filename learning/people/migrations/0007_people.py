"""Dated rows remember what they said; the numbers of those added at the gate are counted."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


def keep_one_open_employment(apps, schema_editor):
    """One person at one employer twice at the same time is one employment: the longest counts."""
    employment = apps.get_model("people", "Employment").objects.using(schema_editor.connection.alias)
    still = employment.filter(ends_on__isnull=True)
    longer = still.filter(person=OuterRef("person"), employer=OuterRef("employer")).filter(
        Q(starts_on__lt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__lt=OuterRef("pk"))
    )
    twice = list(still.filter(Exists(longer)).values_list("pk", flat=True))
    employment.filter(pk__in=twice).update(superseded_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_signing_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='company',
            name='temporary_numbers',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='employment',
            name='superseded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='employment',
            name='version_of',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employment'),
        ),
        migrations.AddField(
            model_name='leaveperiod',
            name='superseded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='leaveperiod',
            name='version_of',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.leaveperiod'),
        ),
        migrations.AddField(
            model_name='positionheld',
            name='superseded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='positionheld',
            name='version_of',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.positionheld'),
        ),
        migrations.RunPython(keep_one_open_employment, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='employment',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('superseded_at__isnull', True)), fields=('person', 'employer'), name='people_employment_one_open', violation_error_message='This person works for this employer already.'),
        ),
    ]
