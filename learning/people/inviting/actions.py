"""Deeds of inviting. The database is the queue; a task of every minute only says "look now"."""

import datetime
import logging
from collections import Counter
from smtplib import SMTPException

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q

from ..models import Invitation, Slip
from ..signing_in import actions as signing_in
from ..signing_in import slips, standing
from . import mail, states

logger = logging.getLogger(__name__)

# Longer than a batch takes even when the mail server answers each message at the last moment (EMAIL_TIMEOUT).
CLAIM_LASTS = datetime.timedelta(minutes=15)
CLAIM_BATCH = 25
MOST_FAILURES = 5
# As many as one prints, and cuts apart, at a time.
PRINT_BATCH = 200


@transaction.atomic
def invite(*, people, channel, send_at, by, at):
    """Invite people, each once: what was still waiting for them is replaced. Returns how many were invited.

    By mail is invited who has an address; the others get a slip.
    """
    chosen = list(people.values_list("pk", "email"))
    ids = [pk for pk, _email in chosen]
    Invitation.objects.filter(_waiting(), person__in=ids).update(cancelled_at=at)
    mailed = channel == Invitation.Channel.MAIL
    rows = [
        Invitation(
            person_id=pk,
            channel=Invitation.Channel.MAIL if mailed and email else Invitation.Channel.SLIP,
            send_at=send_at,
            invited_at=at,
            invited_by=by,
        )
        for pk, email in chosen
    ]
    # Of two who invite the same person at the same moment, one does.
    Invitation.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return len(rows)


def _waiting():
    return Q(sent_at__isnull=True, cancelled_at__isnull=True)


def due_slips(people, at):
    """Invitations by slip of these people that are to be printed by then, by facility and name of nobody's choosing."""
    rows = Invitation.objects.filter(_waiting(), channel=Invitation.Channel.SLIP, send_at__lte=at, person__in=people)
    return rows.select_related("person").order_by("person__last_name", "person__first_name", "person__number")


@transaction.atomic
def print_slips(*, people, by, at):
    """Issue the slips that are due, at most a batch; returns `[(slip, code)]`. They are shown once."""
    made = []
    rows = list(due_slips(people, at).select_for_update(of=("self",))[:PRINT_BATCH])
    for invitation in rows:
        if states.taken_up(invitation):
            Invitation.objects.filter(pk=invitation.pk).update(cancelled_at=at)
            continue
        made.append(signing_in.issue_slip(person=invitation.person, kind=slips.right_of(by), by=by, at=at))
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=at)
    return made


def send_invitations(*, at):
    """Send the mails that are due. Returns counts.

    1. Claim a few: one conditional UPDATE, so that of two workers one gets each.
    2. Recheck each: not left, has an address, has not come in since; else it is cancelled.
    3. Issue the slip, whose code follows from the invitation, and commit it: a link that is sent works.
    4. Send. After a crash before the next line the mail is sent once more, with the same Message-ID and the same link.
    5. Mark it sent.

    What fails is tried again when its claim has run out, five times; when the mail server cannot be reached at all,
    nothing is counted: only time is lost.
    """
    counts = Counter(sent=0, cancelled=0, failed=0)
    while batch := _claim(at):
        try:
            connection = get_connection()
            connection.open()
        except (OSError, SMTPException):
            logger.warning("The mail server cannot be reached; invitations wait.")
            Invitation.objects.filter(pk__in=batch, sent_at__isnull=True).update(claimed_at=None)
            break
        try:
            for pk in batch:
                counts[_handle(pk, connection, at)] += 1
        finally:
            connection.close()
    return dict(counts)


def _due(at):
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - CLAIM_LASTS)
    return Invitation.objects.filter(free, _waiting(), channel=Invitation.Channel.MAIL, send_at__lte=at)


def _claim(at):
    # Asked first without a transaction: an idle tick must not take SQLite's write lock.
    if not _due(at).exists():
        return []
    with transaction.atomic():
        rows = _due(at).select_for_update(skip_locked=True).order_by("send_at", "pk")
        batch = list(rows.values_list("pk", flat=True)[:CLAIM_BATCH])
        Invitation.objects.filter(pk__in=batch).update(claimed_at=at)
    return batch


def _handle(pk, connection, at):
    """What became of one invitation: sent, cancelled or failed."""
    invitation = Invitation.objects.select_related("person").get(pk=pk)
    waiting = Invitation.objects.filter(_waiting(), pk=pk)
    try:
        code = _code_of(invitation, at)
        if code:
            mail.invitation(invitation, code, connection).send()
    except Exception as error:
        # Without the text of the error: it may hold an address.
        logger.warning("Invitation %s failed: %s", invitation.uuid, type(error).__name__)
        waiting.update(failures=F("failures") + 1)
        waiting.filter(failures__gte=MOST_FAILURES).update(cancelled_at=at)
        return "failed"
    if not code:
        waiting.update(cancelled_at=at)
        return "cancelled"
    waiting.update(sent_at=at)
    return "sent"


def _code_of(invitation, at):
    """The code to send, its slip committed; "" when the invitation is not due any more."""
    person = invitation.person
    if not person.email or not standing.admits(person, at) or states.taken_up(invitation):
        return ""
    code = slips.code_for(invitation.uuid)
    slip = Slip.objects.select_related("person").filter(code_hash=slips.digest(code)).first()
    if slip is None:
        signing_in.issue_slip(person=person, kind=Slip.Kind.MAIL, by=invitation.invited_by, at=at, code=code)
    elif slips.worth(slip, at) != slips.Worth.OPEN:
        # A worker that was killed had sent it, and it was used or replaced since.
        return ""
    return code
