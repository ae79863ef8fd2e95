"""A lawful erasure: what people wrote about lessons, and answered in their own words, goes."""

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from ..models import BlockProgress, Feedback


@transaction.atomic
def erase_words(*, people):
    """Clear the words of these people (keys). How useful they found a course stays: it is nobody's name."""
    Feedback.objects.filter(enrolment__person__in=people).update(text="")
    answers = BlockProgress.objects.filter(step__enrolment__person__in=people, answer__isnull=False)
    # A text of one's own is a JSON string; what was chosen is a list or an object.
    answers.alias(text=Cast("answer", TextField())).filter(text__startswith='"').update(answer=None)
