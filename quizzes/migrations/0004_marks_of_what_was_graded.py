"""Attempts that were graded before there were marks get them, by the key of the versions that they were asked."""

from django.db import migrations
from django.db.models import F

BATCH = 500


def give_marks(apps, schema_editor):
    using = schema_editor.connection.alias
    attempt = apps.get_model("quizzes", "Attempt").objects.using(using)
    version = apps.get_model("quizzes", "QuestionVersion").objects.using(using)
    mark = apps.get_model("quizzes", "Mark")
    versions = {str(row.uuid): row for row in version.only("uuid", "key")}
    graded = attempt.filter(state="graded", marks__isnull=True).order_by("pk")
    last = 0
    while batch := list(graded.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        given = _answers(apps.get_model("quizzes", "Response").objects.using(using), batch)
        mark.objects.using(using).bulk_create(
            mark(
                attempt=row,
                item=item,
                version=versions[drawn["version"]],
                # All that could be asked then: lists of options, right as a whole or not.
                credit=int(sorted(given.get((row.pk, item), [])) == versions[drawn["version"]].key["right"]),
                marked_at=row.submitted_at,
            )
            for row in batch
            for item, drawn in enumerate(row.drawn)
        )


def _answers(responses, attempts):
    rows = responses.filter(attempt__in=[row.pk for row in attempts]).order_by("pk")
    return {(attempt, item): answer for attempt, item, answer in rows.values_list("attempt", "item", "answer")}


def keep_answers_in_order(apps, schema_editor):
    """One switch shuffled both before; a quiz that did not shuffle goes on so."""
    quiz = apps.get_model("quizzes", "Quiz").objects.using(schema_editor.connection.alias)
    quiz.update(shuffle_answers=F("shuffle"))


class Migration(migrations.Migration):

    dependencies = [
        ("quizzes", "0003_attempts"),
    ]

    operations = [
        migrations.RunPython(give_marks, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(keep_answers_in_order, migrations.RunPython.noop, elidable=True),
    ]
