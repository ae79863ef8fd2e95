"""Correcting a record takes two people: one who asks, and another who approves. Each deed is one transaction."""

import datetime
import zoneinfo

from django.db import transaction
from django.utils.translation import gettext as _

from learning.people import dates

from ..actions import write_record
from ..as_they_were import as_they_were
from ..models import CorrectionRequest, TrainingRecord

Kind, Outcome = CorrectionRequest.Kind, CorrectionRequest.Outcome

# What each record says for itself; the rest of a correction is what the old one said.
_OWN = {
    *("id", "uuid", "code", "commitment", "person", "person_uuid", "recorder", "recorder_uuid", "recorded_at"),
    *("completed_at", "expires_on", "corrects", "withdraws", "reason", "cause"),
}


class NotCorrected(Exception):
    """Why not, in words for whoever asked."""


@transaction.atomic
def request_correction(*, record, kind, reason, by, at, person=None, completed_on=None):
    """Say what is wrong with a record. `person` or `completed_on` say what is right. Raises NotCorrected."""
    record = _locked(record)
    if record.correction_requests.open().exists():
        raise NotCorrected(_("A correction of this record waits for a decision already."))
    request = CorrectionRequest(
        record=record,
        kind=kind,
        reason=reason.strip(),
        person=person,
        completed_on=completed_on,
        requested_by=by,
        requested_at=at,
    )
    _refuse_nonsense(request, at)
    request.save()
    return request


@transaction.atomic
def approve(*, request, by, at):
    """Write the correction, with its ledger entry, and return it. Raises NotCorrected."""
    request = _waiting(request)
    if by == request.requested_by:
        raise NotCorrected(_("Somebody else must approve it."))
    if by.pk in (request.record.person_id, request.person_id):
        raise NotCorrected(_("Nobody decides about their own record."))
    _locked(request.record)
    _refuse_nonsense(request, at)
    request.correction = write_record(recorder=request.requested_by, recorded_at=at, **_says(request, by))
    _decide(request, Outcome.APPROVED, by, at)
    return request.correction


@transaction.atomic
def decline(*, request, by, at, comment):
    """Leave the record as it is; whoever asked takes it back in this way. Raises NotCorrected."""
    request = _waiting(request)
    request.comment = comment.strip()
    _decide(request, Outcome.TAKEN_BACK if by == request.requested_by else Outcome.DECLINED, by, at)


def completed_at(record, day):
    """The instant on another local day, at the time of day that the record states."""
    local = record.completed_at.astimezone(zoneinfo.ZoneInfo(record.facility_zone))
    return datetime.datetime.combine(day, local.timetz()).astimezone(datetime.UTC)


def _locked(record):
    """The record, which nobody else corrects meanwhile. Raises NotCorrected for one that is corrected or erased."""
    record = TrainingRecord.objects.select_for_update(of=["self"]).get(pk=record.pk)
    if record.corrections.exists():
        raise NotCorrected(_("This record is corrected already. Correct the newer one."))
    if record.withdraws:
        raise NotCorrected(_("This record withdraws another one. It is not corrected itself."))
    if not hasattr(record, "subject"):
        raise NotCorrected(_("The name was erased from this record. It stays as it is."))
    return record


def _waiting(request):
    request = CorrectionRequest.objects.select_for_update(of=["self"]).get(pk=request.pk)
    if request.decided_at:
        raise NotCorrected(_("This was decided already. Nothing was changed."))
    return request


def _refuse_nonsense(request, at):
    record = request.record
    if not request.reason:
        raise NotCorrected(_("Say why: somebody must understand it years later."))
    if request.person and (request.person.merged_into_id or request.person_id == record.person_id):
        raise NotCorrected(_("Choose the person who did the training."))
    if request.completed_on:
        right = completed_at(record, request.completed_on)
        if right == record.completed_at:
            raise NotCorrected(_("This is the day that the record states."))
        if right > at:
            raise NotCorrected(_("This is in the future."))


def _decide(request, outcome, by, at):
    request.outcome, request.decided_by, request.decided_at = outcome, by, at
    request.save()


def _says(request, by):
    """What `write_record` is told: the old record's words, but for what was wrong."""
    old, kind = request.record, request.kind
    what = {field.name: getattr(old, field.name) for field in old._meta.concrete_fields if field.name not in _OWN}
    day = dates.local_date(old.completed_at, old.facility_zone)
    what |= {
        "person": request.person or old.person,
        "completed_at": completed_at(old, request.completed_on) if request.completed_on else old.completed_at,
        "valid_months": old.expires_on and dates.months_between(day, old.expires_on),
        "corrects": old,
        "withdraws": kind in (Kind.WITHDRAWN_PASS, Kind.DUPLICATE),
        "reason": request.reason,
        # In the ledger for good: who asked and who approved.
        "cause": old.cause
        | {"correction": kind, "requested_by": str(request.requested_by.uuid), "approved_by": str(by.uuid)},
    }
    if not what["withdraws"]:
        what |= as_they_were(what["person"], what["completed_at"])
    if kind == Kind.WRONG_PERSON:
        # Not the one who signed in: that it was them, the two say who correct it.
        what |= {"attribution": TrainingRecord.Attribution.SUPERVISOR, "sign_in_origin": None}
    if what["began_at"] and what["began_at"] > what["completed_at"]:
        what["began_at"] = None
    return what
