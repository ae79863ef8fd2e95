"""Wagtail comes with a group "Moderators" that nobody here is in, and sends every page for review to it.

Review goes to the Editors, who may publish; the empty group goes.
"""

from django.db import migrations

WAGTAILS = "Moderators approval"
OURS = "Review"


def review_by_editors(apps, schema_editor):
    using = schema_editor.connection.alias
    group = apps.get_model("auth", "Group").objects.using(using)
    editors, _new = group.get_or_create(name="Editors")
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.using(using).filter(name=WAGTAILS):
        task.groups.add(editors)
        task.name = OURS
        task.save()
    apps.get_model("wagtailcore", "Workflow").objects.using(using).filter(name=WAGTAILS).update(name=OURS)
    person = apps.get_model("people", "Person").objects.using(using)
    for moderators in group.filter(name="Moderators"):
        if not person.filter(groups=moderators).exists():
            moderators.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_roles'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.RunPython(review_by_editors, migrations.RunPython.noop, elidable=True),
    ]
