"""Two more ways in which a person was known. The table is rebuilt on SQLite: its guards come back after the migrate."""

from django.db import migrations, models

WORDS = [
    ('password', 'password'),
    ('password_2fa', 'password and second factor'),
    ('mail_code', 'code by mail'),
    ('passkey', 'passkey'),
    ('sso', 'single sign-on'),
    ('pin_kiosk', 'PIN at a kiosk'),
    ('supervisor', 'supervisor'),
    ('paper', 'paper'),
    ('import', 'import'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0002_sign_in_origin'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='trainingrecord',
            name='records_attribution_known',
        ),
        migrations.AlterField(
            model_name='trainingrecord',
            name='attribution',
            field=models.CharField(choices=WORDS, max_length=20),
        ),
        migrations.AddConstraint(
            model_name='trainingrecord',
            constraint=models.CheckConstraint(condition=models.Q(('attribution__in', [word for word, _words in WORDS])), name='records_attribution_known', violation_error_message='A training record says this in fixed words.'),
        ),
    ]
