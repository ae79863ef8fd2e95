"""Deeds of this room. Each is one transaction; instants are given by the caller, who takes the time once."""

import secrets
import uuid

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from learning.people import dates
from learning.people.signing_in import origin

from . import canonical, completions
from .as_they_were import as_they_were
from .models import BlankValue, LedgerEntry, RecordSubject, TrainingRecord, WaitingEntry
from .signals import record_written


@transaction.atomic
def write_record(*, person, completed_at, recorded_at, valid_months=None, recorder=None, **what):
    """Write a training record with its subject and its ledger entry, and tell `record_written`, all or nothing.

    `what` are the fields of TrainingRecord that say what was learnt and how. Who the person was is stated as it was
    at `completed_at`, unless `what` says it. `valid_months` counts from that local date; None means for good.
    """
    was = as_they_were(person, completed_at)
    subject = {
        "number": person.number,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
    }
    salt = secrets.token_hex(32)
    written = TrainingRecord.objects.create(
        person=person,
        person_uuid=person.uuid,
        commitment=canonical.commitment(salt=salt, **subject),
        completed_at=completed_at,
        recorded_at=recorded_at,
        expires_on=valid_months
        and dates.add_months(dates.local_date(completed_at, was["facility_zone"]), valid_months),
        recorder=recorder,
        recorder_uuid=recorder and recorder.uuid,
        **(was | what),
    )
    RecordSubject.objects.create(record=written, salt=salt, **subject)
    # Read back: the entry holds what the table holds (rounded, in its types), so that one can be checked by the other.
    record = TrainingRecord.objects.for_ledger().get(pk=written.pk)
    kind = LedgerEntry.Kind.CORRECTION if record.corrects else LedgerEntry.Kind.RECORD
    append_entry(kind=kind, data=canonical.record_data(record), at=recorded_at, record=record)
    record_written.send(sender=TrainingRecord, record=record)
    return record


@transaction.atomic(savepoint=False)
def append_entry(*, kind, data, at, record=None):
    """Append one event of evidence to the ledger, in canonical form; call it in the transaction of the event.

    `data` is what canonical JSON can say, without personal values. No lock is taken: the sequencer
    (`ledger/actions.py`) gives the entry its place afterwards.
    """
    name = uuid.uuid4()
    body = canonical.body(kind=kind, entry=name, recorded_at=at, data=data)
    entry = LedgerEntry.objects.create(
        uuid=name,
        kind=kind,
        schema_version=canonical.schema_of(data),
        body=body,
        leaf=canonical.leaf(body),
        record=record,
        recorded_at=at,
    )
    WaitingEntry.objects.create(entry=entry)
    return entry


def record_import(*, sha256, source, people, at):
    """Say in the ledger that a file changed so many people. `source` is the name that HR gave where it comes from."""
    return append_entry(
        kind=LedgerEntry.Kind.IMPORT, data={"sha256": sha256, "source": source, "people": people}, at=at
    )


def record_completion(*, enrolment, at, attribution):
    """Write the record of a run that was completed at that instant; the server is its witness, so nobody else is."""
    what = completions.of_enrolment(enrolment)
    valid_months = enrolment.edition.in_language(enrolment.language).valid_months
    return write_record(
        person=enrolment.person,
        completed_at=at,
        recorded_at=at,
        valid_months=valid_months,
        attribution=attribution,
        sign_in_origin=canonical.plain(origin.of(enrolment.person, attribution)),
        **what,
    )


class NotPlain(ValueError):
    """What was written into a blank cannot stand there; the message says why."""


@transaction.atomic
def fill_blanks(*, texts, language, by, at, company=None, facility=None):
    """Fill blanks (`{name: text}`, empty to use the fallback) of a company or a facility. Raises NotPlain.

    All or nothing; what has not changed keeps its owner and its time.
    """
    for name, text in texts.items():
        if len(text) > 200 or set("<>{}") & set(text):
            raise NotPlain(_("Nothing was saved. “%(name)s”: at most 200 letters, without < > { }.") % {"name": name})
    place = {"company": company, "facility": facility}
    there = {row.name: row for row in BlankValue.objects.select_for_update().filter(language=language, **place)}
    for name, text in texts.items():
        row = there.get(name)
        if row and not text:
            row.delete()
        elif text and (not row or row.text != text):
            says = {"text": text, "owner": by, "changed_at": at}
            BlankValue.objects.update_or_create(name=name, language=language, **place, defaults=says)


class NotErased(Exception):
    """Why not, in words for whoever asked."""


@transaction.atomic
def erase_subjects(*, person, reason, asked_by, approved_by, at, may_be_none=False):
    """Delete name, number and mail from all records of a person, and say so in the ledger: a lawful erasure.

    What was learnt, when and how stays, as do all proofs; the salts are gone with the values, so that nobody can try
    out names. `reason` names nobody. `may_be_none` is for whoever erases more than this. Returns how many records.
    Raises NotErased.
    """
    if not reason.strip():
        raise NotErased(_("Say by what right this is erased."))
    if asked_by == approved_by:
        raise NotErased(_("Somebody else must approve it."))
    accounts = get_user_model().objects.accounts_of(person)
    # Locked, so that of two who erase at once the second finds nothing.
    subjects = RecordSubject.objects.filter(record__person__in=accounts).select_for_update(of=["self"])
    subjects = list(subjects.select_related("record").order_by("record_id"))
    if not subjects and not may_be_none:
        raise NotErased(_("There is nothing to erase."))
    data = {
        "records": [str(subject.record.uuid) for subject in subjects],
        "reason": reason,
        "asked_by": str(asked_by.uuid),
        "approved_by": str(approved_by.uuid),
    }
    append_entry(kind=LedgerEntry.Kind.ERASURE, data=data, at=at)
    RecordSubject.objects.filter(pk__in=[subject.pk for subject in subjects]).delete()
    return len(subjects)
