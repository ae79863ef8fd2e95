from django.dispatch import receiver

from quizzes.models import Attempt
from quizzes.signals import attempt_graded

from . import fillers  # noqa: F401  (registers them)
from .actions import count_attempt


@receiver(attempt_graded, sender=Attempt)
def count_graded_attempt(sender, attempt, at, **kwargs):
    count_attempt(attempt=attempt, at=at)
