"""The exact place where a run goes on: a question of a quiz under way, or the second of a video."""

from django.urls import reverse
from django.utils.translation import gettext as _

from content.templatetags.look import minutes
from quizzes.models import Attempt

from . import standing
from .models import BlockProgress


def place(run, outline, progress):
    """`{"label", "url", "method"}` of that place; None when the next step simply begins.

    `progress` maps step keys to StepProgress rows. At most one query.
    """
    done = {key for key, row in progress.items() if row.completed_at}
    step = standing.next_step(outline.steps, done)
    if not step or step["key"] not in progress:
        return None
    found = _question(run) if step["kind"] == "quiz" else _second(outline, step, progress[step["key"]])
    return found and found | {"method": "get"}


def _question(run):
    """The attempt's page opens at the first question without an answer."""
    running = Attempt.objects.filter(
        person=run.person_id, context=str(run.uuid), state=Attempt.State.IN_PROGRESS
    ).values_list("uuid", flat=True)
    uuid = running.first()
    return uuid and {"label": _("Go on with the quiz"), "url": reverse("quizzes:attempt", kwargs={"uuid": uuid})}


def _second(outline, step, progress):
    row = BlockProgress.objects.filter(step=progress, position__gt=0).order_by("-pk").first()
    if not row:
        return None
    lesson = [row["key"] for row in outline.steps if row["kind"] == "lesson"].index(step["key"]) + 1
    url = reverse("courses:step", args=[outline.slug, step["slug"]])
    words = _("Continue with lesson %(number)d, at %(time)s of what plays there")
    return {
        "label": words % {"number": lesson, "time": minutes(row.position)},
        "url": f"{url}#p-{row.block}",
    }
