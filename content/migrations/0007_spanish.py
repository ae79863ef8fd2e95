from django.db import migrations, models


def add_spanish(apps, schema_editor):
    apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code="es")


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_guide_reviewed_on"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="description_es",
            field=models.CharField(blank=True, max_length=500, verbose_name="description in Spanish"),
        ),
        migrations.RunPython(add_spanish, migrations.RunPython.noop, elidable=False),
    ]
