from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published

from .actions import release_question
from .models import Question


@receiver(published, sender=Question)
def release_when_published(sender, instance, **kwargs):
    release_question(question_key=instance.translation_key, at=timezone.now())
