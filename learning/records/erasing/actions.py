"""A lawful erasure takes two people: one who asks, and another who approves. Each deed is one transaction."""

import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from learning.people.erasing import known as knowing
from learning.people.local_days import company_day
from learning.people.models import PeopleImport

from .. import actions
from ..actions import NotErased
from ..models import CompletionExport, ErasureRequest, PackOrder, PastImport, RecordSubject, TrainingRecord
from . import clearing, files, preview, retention

Outcome = ErasureRequest.Outcome
DAY = datetime.timedelta(days=1)


def known_of(person):
    """All by which a person is known, here and in the rooms below."""
    subjects = RecordSubject.objects.filter(record__person__in=get_user_model().objects.accounts_of(person))
    return knowing.of(person, subjects.values("number", "first_name", "last_name", "email"))


def retained(person, today):
    """`(how many records must still be kept, until when)`, as `retention.running` says it."""
    accounts = get_user_model().objects.accounts_of(person)
    records = TrainingRecord.objects.filter(person__in=accounts)
    return retention.running(records.only("completed_at", "facility_zone"), today)


def obstacles(person, today):
    """Why nobody can be erased now, as sentences; none when they can."""
    found = []
    if ErasureRequest.objects.approved().filter(person=person).exists():
        found.append(_("This person was erased already."))
    # Who leaves today has tomorrow as the first day away.
    if person.employments.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today + DAY)).exists():
        found.append(_("This person works here, and must be trained. Say first, on their page, when they leave."))
    if PeopleImport.objects.filter(state__in=PeopleImport.OPEN).exists():
        found.append(_("An import of people is under way and may name them. Finish or cancel it first."))
    if PastImport.objects.filter(state__in=PastImport.OPEN).exists():
        found.append(_("An import of past training is under way and may name them. Finish or cancel it first."))
    if PackOrder.objects.filter(state=PackOrder.State.WAITING).exists():
        found.append(_("An evidence pack is being made and may name them. Wait until it is there."))
    if CompletionExport.objects.waiting().exists():
        found.append(_("An export is being made and may name them. Wait until it is there."))
    return found


@transaction.atomic
def request_erasure(*, person, reason, by, at, despite_retention=False):
    """Say by what right a person's values must go. Raises NotErased."""
    person = _locked(person)
    if person.erasure_requests.open().exists():
        raise NotErased(_("An erasure of this person waits for a decision already."))
    request = ErasureRequest(
        person=person,
        reason=reason.strip(),
        despite_retention=despite_retention,
        requested_by=by,
        requested_at=at,
    )
    _refuse(request, known_of(person), at, decides=by, despite_retention=despite_retention)
    request.save()
    return request


@transaction.atomic
def approve(*, request, by, at, despite_retention=False):
    """Erase, and say so in the ledger. Files go once this is committed. Raises NotErased."""
    request = _waiting(request)
    if by == request.requested_by:
        raise NotErased(_("Somebody else must approve it."))
    request.person = _locked(request.person)
    known = known_of(request.person)
    _refuse(request, known, at, decides=by, despite_retention=despite_retention and request.despite_retention)
    request.counts = preview.counts(known)
    about = {"reason": request.reason, "asked_by": request.requested_by, "approved_by": by, "at": at}
    clearing.clear(request=request, known=known, by=by, at=at)
    actions.erase_subjects(person=request.person, **about, may_be_none=True)
    _decide(request, Outcome.APPROVED, by, at)
    # An error there is logged, and the worker does the same again.
    transaction.on_commit(lambda: files.finish(uuid=request.uuid, at=at), robust=True)
    return request


@transaction.atomic
def decline(*, request, by, at, comment):
    """Leave the person as they are; whoever asked takes it back in this way. Raises NotErased."""
    request = _waiting(request)
    request.comment = comment.strip()
    _decide(request, Outcome.TAKEN_BACK if by == request.requested_by else Outcome.DECLINED, by, at)


def _locked(person):
    """The account that counts, which nobody else changes meanwhile."""
    return get_user_model().objects.select_for_update(no_key=True).get(pk=person.merged_into_id or person.pk)


def _waiting(request):
    request = ErasureRequest.objects.select_for_update(of=["self"]).get(pk=request.pk)
    if request.decided_at:
        raise NotErased(_("This was decided already. Nothing was changed."))
    return request


def _refuse(request, known, at, *, decides, despite_retention):
    if not request.reason:
        raise NotErased(_("Say by what right this is erased."))
    if known.everything.search(request.reason):
        raise NotErased(_("The reason stays for good, in the ledger too: name nobody in it."))
    if decides.pk in known.accounts:
        raise NotErased(_("Nobody decides about their own data."))
    today = company_day(at)
    if found := obstacles(request.person, today):
        raise NotErased(" ".join(found))
    number, _until = retained(request.person, today)
    if number and not despite_retention:
        raise NotErased(_("Records of this person must still be kept. Decide that they are erased nevertheless."))


def _decide(request, outcome, by, at):
    request.outcome, request.decided_by, request.decided_at = outcome, by, at
    request.save()
