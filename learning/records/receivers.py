from django.dispatch import receiver

from courses.models import Enrolment
from courses.signals import course_completed
from learning.people.signing_in.actions import finish_at_kiosk

from .actions import record_completion
from .models import TrainingRecord


@receiver(course_completed, sender=Enrolment)
def record_when_completed(sender, enrolment, at, attribution, **kwargs):
    record_completion(enrolment=enrolment, at=at, attribution=attribution)
    if attribution == TrainingRecord.Attribution.PIN_KIOSK:
        # A shared tablet signs out after each course.
        finish_at_kiosk(person=enrolment.person, at=at)
