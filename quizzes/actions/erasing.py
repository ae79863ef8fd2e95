"""A lawful erasure: what people wrote in their own words goes, what they chose and what it was worth stays."""

from django.db import transaction

from ..kinds import KINDS
from ..models import Attempt, ExtraTime, Mark, QuestionVersion, Response

CHUNK = 500
WORDED = [name for name, kind in KINDS.items() if kind.worded]


@transaction.atomic
def erase_words(*, people, said):
    """Clear the words of these people (keys), and what others wrote of them; `said` stands where a reason must be."""
    attempts = Attempt.objects.filter(person__in=people)
    drawn = attempts.values_list("pk", "drawn").iterator(chunk_size=CHUNK)
    worded = {str(uuid) for uuid in QuestionVersion.objects.filter(kind__in=WORDED).values_list("uuid", flat=True)}
    for attempt, questions in drawn:
        if items := [item for item, question in enumerate(questions) if question["version"] in worded]:
            Response.objects.filter(attempt=attempt, item__in=items).update(answer=None)
    # The note of a regrade is about a question.
    Mark.objects.filter(attempt__in=attempts, regrade__isnull=True).update(note="")
    attempts.exclude(void_reason="").update(void_reason=said)
    extra = ExtraTime.objects.filter(person__in=people)
    extra.update(reason=said)
    extra.exclude(end_reason="").update(end_reason=said)
