"""Who handed over the slip that a sign-in goes back to. Nullable: guarded rows are never updated."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.AddField(model_name="trainingrecord", name="sign_in_origin", field=models.JSONField(null=True)),
    ]
