from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="quizzes.expire_attempts")
def expire_attempts():
    return actions.expire_attempts(at=timezone.now())
