"""Entries of before the sequencer wait for it like every new one."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_ledger'),
    ]

    operations = [
        migrations.RunSQL(
            'INSERT INTO records_waitingentry (entry_id) SELECT id FROM records_ledgerentry',
            migrations.RunSQL.noop,
        ),
    ]
