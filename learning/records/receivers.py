from django.dispatch import receiver

from courses.models import Enrolment
from courses.signals import course_completed

from .actions import record_completion


@receiver(course_completed, sender=Enrolment)
def record_when_completed(sender, enrolment, at, attribution, **kwargs):
    record_completion(enrolment=enrolment, at=at, attribution=attribution)
