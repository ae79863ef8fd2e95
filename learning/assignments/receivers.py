from functools import partial

from django.db import transaction
from django.dispatch import receiver

from learning.people.signals import people_changed
from learning.records.signals import record_written

from .actions import SLICE, apply_in_slices, apply_to_people, correct, satisfy


@receiver(record_written)
def satisfy_with_record(sender, record, **kwargs):
    if not (record.corrects and correct(record=record)):
        satisfy(record=record)


@receiver(people_changed)
def apply_to_changed_people(sender, person_ids, at, sha256="", told=None, **kwargs):
    if sha256 and len(person_ids) > SLICE:
        sweep = partial(apply_in_slices, person_ids=person_ids, at=at, told=told)
        # The import is written, whatever comes: an error here is logged, and the hourly sweep does the same again.
        transaction.on_commit(sweep, robust=True)
    else:
        apply_to_people(person_ids=person_ids, at=at)
