from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="reminders.send_notices")
def send_notices():
    at = timezone.now()
    actions.plan_notices(at=at)
    return actions.send_notices(at=at)
