from django.dispatch import receiver

from learning.people.signals import people_changed
from learning.records.signals import record_written

from .actions import apply_to_people, satisfy


@receiver(record_written)
def satisfy_with_record(sender, record, **kwargs):
    satisfy(record=record)


@receiver(people_changed)
def apply_to_changed_people(sender, person_ids, at, **kwargs):
    apply_to_people(person_ids=person_ids, at=at)
