"""HR is told by mail of every slip that a supervisor issues."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.db.models import Exists, OuterRef

from ..local_days import company_day
from ..models import Person, PositionHeld, Slip
from ..signing_in import slips
from . import mail

logger = logging.getLogger(__name__)

BATCH = 100


def tell_hr(*, at):
    """Send what HR was not told yet; returns how many slips that were.

    After a crash in between a mail is sent once more, with the same Message-ID.
    """
    issued = Slip.objects.filter(kind=Slip.Kind.SUPERVISOR, hr_told_at__isnull=True, issued_at__lte=at)
    rows = list(issued.select_related("person", "issued_by").order_by("issued_at", "pk")[:BATCH])
    told = 0
    if not rows:
        return told
    try:
        with get_connection() as connection:
            for slip in rows:
                for reader in _readers(slip.person, at):
                    _send(mail.slip_issued(slip, reader, connection))
                Slip.objects.filter(pk=slip.pk).update(hr_told_at=at)
                told += 1
    except (OSError, SMTPException) as error:
        logger.warning("The mail server cannot be reached; HR is told later: %s", type(error).__name__)
    return told


def _send(message):
    try:
        message.send()
    except SMTPRecipientsRefused:
        # One wrong address must not keep the news from the others.
        logger.warning("An address of HR was refused by the mail server.")


def _readers(person, at):
    """HR with a mailbox, within the facilities that each of them is limited to."""
    on = company_day(at)
    limits = Person.limited_to.through.objects.filter(person=OuterRef("pk"))
    facilities = PositionHeld.objects.on(on).filter(person=person).values("facility")
    hr = slips.without_leavers(Person.objects.filter(groups__name="Human resources"), on).exclude(email="")
    return hr.filter(~Exists(limits) | Exists(limits.filter(facility__in=facilities))).order_by("pk")
