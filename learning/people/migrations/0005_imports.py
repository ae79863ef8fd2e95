"""Sources and imports of people."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_people_as_they_are'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(help_text='Payroll, the agency at the north gate.', max_length=80, unique=True, verbose_name='name')),
                ('number_prefix', models.CharField(blank=True, help_text='Goes before every staff number of its files, so that 17 of an agency is not 17 of payroll.', max_length=10, verbose_name='number prefix')),
                ('kinds', models.JSONField(blank=True, default=list, verbose_name='speaks for these kinds')),
                ('date_format', models.CharField(blank=True, choices=[('dmy', 'day first: 03/04/2026 is 3 April 2026'), ('mdy', 'month first: 03/04/2026 is March 4, 2026')], max_length=3, verbose_name='dates')),
                ('mapping', models.JSONField(blank=True, default=dict, editable=False)),
                ('matches', models.JSONField(blank=True, default=dict, editable=False)),
                ('employers', models.ManyToManyField(blank=True, related_name='import_sources', to='people.employer', verbose_name='speaks for these employers')),
                ('facilities', models.ManyToManyField(blank=True, related_name='import_sources', to='people.facility', verbose_name='speaks for these facilities')),
            ],
            options={
                'verbose_name': 'import source',
                'verbose_name_plural': 'import sources',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='PeopleImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file_name', models.CharField(max_length=255, verbose_name='file')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField()),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('state', models.CharField(choices=[('uploaded', 'columns to be matched'), ('checking', 'being checked'), ('asking', 'questions to be answered'), ('planned', 'to be confirmed'), ('writing', 'being written'), ('done', 'done'), ('refused', 'refused'), ('cancelled', 'cancelled')], max_length=10, verbose_name='state')),
                ('changes_only', models.BooleanField(verbose_name='changes only')),
                ('answers', models.JSONField(default=dict)),
                ('head', models.JSONField(default=dict)),
                ('questions', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('notes', models.JSONField(default=list)),
                ('errors', models.JSONField(default=list)),
                ('error_count', models.PositiveIntegerField(default=0)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people_imports', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='people.importsource', verbose_name='source')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-started_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='people.peopleimport')),
            ],
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('leaving', 'leaving')], max_length=10, verbose_name='what')),
                ('row', models.PositiveIntegerField(blank=True, null=True)),
                ('person_uuid', models.UUIDField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('name', models.CharField(max_length=241, verbose_name='name')),
                ('changes', models.JSONField(default=list)),
                ('search_key', models.TextField(default='')),
                ('writes', models.TextField(default='')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='people.peopleimport')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='peopleimport',
            index=models.Index(condition=models.Q(('state__in', ['checking', 'writing'])), fields=['state'], name='people_import_waiting'),
        ),
        migrations.AddIndex(
            model_name='peopleimport',
            index=models.Index(fields=['sha256'], name='people_import_file'),
        ),
        migrations.AddConstraint(
            model_name='importpart',
            constraint=models.UniqueConstraint(fields=('of', 'number'), name='people_importpart_once'),
        ),
        migrations.AddIndex(
            model_name='importline',
            index=models.Index(fields=['of', 'kind'], name='people_importline_kind'),
        ),
        migrations.AddIndex(
            model_name='importline',
            index=models.Index(fields=['person_uuid'], name='people_importline_person'),
        ),
    ]
