from django.dispatch import receiver

from courses.models import Enrolment
from courses.signals import course_completed
from learning.people.signals import people_changed
from learning.people.signing_in.actions import finish_at_kiosk
from quizzes.models import Attempt
from quizzes.signals import attempt_graded

from .actions import record_completion, record_import
from .models import TrainingRecord
from .sessions.late import record_late_pass


@receiver(course_completed, sender=Enrolment)
def record_when_completed(sender, enrolment, at, attribution, **kwargs):
    record_completion(enrolment=enrolment, at=at, attribution=attribution)
    if attribution == TrainingRecord.Attribution.PIN_KIOSK:
        # A shared tablet signs out after each course.
        finish_at_kiosk(person=enrolment.person, at=at)


@receiver(attempt_graded, sender=Attempt)
def record_when_passed_late(sender, attempt, at, **kwargs):
    record_late_pass(attempt=attempt, at=at)


@receiver(people_changed)
def record_when_imported(sender, person_ids, at, sha256="", source="", **kwargs):
    if sha256:
        record_import(sha256=sha256, source=source, people=len(person_ids), at=at)
