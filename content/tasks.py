from celery import shared_task
from django.core.management import call_command


@shared_task(name="content.publish_scheduled")
def publish_scheduled():
    """Wagtail's own sweep. Courses have no part in it: what learners read of them is released as an edition."""
    call_command("publish_scheduled")
