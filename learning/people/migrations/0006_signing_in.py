"""What sign-in keeps."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0005_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="kind",
            field=models.CharField(
                choices=[
                    ("supervisor", "slip from the supervisor"),
                    ("hr", "slip from HR"),
                    ("administrator", "slip from an administrator"),
                    ("command", "slip from the command line"),
                    ("mail", "link by mail"),
                ],
                default="hr",
                max_length=20,
            ),
        ),
        migrations.AddField(model_name="slip", name="set_pin", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="slip", name="set_password", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="slip", name="password_until", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(model_name="slip", name="hr_told_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            model_name="slip",
            index=models.Index(
                condition=models.Q(("hr_told_at__isnull", True), ("kind", "supervisor")),
                fields=["issued_at"],
                name="people_slip_hr_to_be_told",
            ),
        ),
        migrations.AddField(model_name="pin", name="finished_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            model_name="invitation", name="failures", field=models.PositiveSmallIntegerField(default=0)
        ),
    ]
