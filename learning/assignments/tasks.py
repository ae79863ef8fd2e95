from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="assignments.apply_requirements")
def apply_requirements():
    return actions.apply_requirements_today(at=timezone.now())
