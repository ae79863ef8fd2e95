"""Slips: what a code is, whom one may be issued for, and what a slip is worth at an instant.

A code has 20 signs of 5 bits: 100 random bits, the same in the QR square and, in five groups of four, for typing.
Nobody guesses one however fast they try, so a plain SHA-256 is enough to keep it, and no short code with a second
secret is needed; the rate limit of `/start/` spares the server and lets nobody try in earnest.
"""

import datetime
import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .. import codes, dates, qr
from ..leading import crew_of
from ..local_days import company_day, zone_of
from ..models import Employment, Person, Slip
from . import standing

SIGNS = 20
DAYS = 14


class Worth(models.TextChoices):
    """What a slip is worth; the words are those of its page."""

    OPEN = "open", _("This slip is good.")
    USED = "used", _("This slip was used already. Each works once.")
    EXPIRED = "expired", _("This slip is too old. A slip works for 14 days.")
    CANCELLED = "cancelled", _("This slip was replaced by a newer one.")
    LEFT = "left", _("This account may not sign in any more.")
    UNKNOWN = "unknown", _("No slip has this code.")


def new_code():
    return codes.new(SIGNS)


def code_for(name):
    """The code of a mail, always the same for that uuid: a mail that is sent again after a crash must say the same.

    Derived from the secret key, so that the database alone does not tell it.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"people.Invitation {name}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest)
    return "".join(codes.ALPHABET[(number >> 5 * place) & 31] for place in range(SIGNS))


def ends(person, at):
    """(the last day on which a slip of that moment works, the instant when it stops), by the person's own days."""
    zone = zone_of(person, at)
    last_day = dates.local_date(at, zone) + datetime.timedelta(days=DAYS)
    return last_day, dates.day_ends(last_day, zone)


def digest(code):
    return hashlib.sha256(code.encode()).hexdigest()


def address(code, language):
    """Where a code is used, in the person's language."""
    with translation.override(language):
        return settings.GATEHOUSE_PUBLIC_URL + reverse("people:start_code", args=[code])


def find(code):
    """The slip of a code as somebody typed it, with its person, or None."""
    return Slip.objects.select_related("person").filter(code_hash=digest(codes.typed(code))).first()


def worth(slip, at):
    if slip is None:
        return Worth.UNKNOWN
    if slip.used_at:
        return Worth.USED
    if slip.cancelled_at:
        return Worth.CANCELLED
    if slip.expires_at <= at:
        return Worth.EXPIRED
    return Worth.OPEN if standing.admits(slip.person, at) else Worth.LEFT


def without_leavers(people, on):
    """Without merged and stopped accounts too; whoever starts next week counts."""
    employments = Employment.objects.filter(person=OuterRef("pk"))
    still = employments.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return people.filter(~Exists(employments) | Exists(still), is_active=True, merged_into__isnull=True)


def working_in_admin():
    """A condition: people whom a group of theirs, or their being superuser, lets into the admin."""
    entered = Person.objects.filter(pk=OuterRef("pk"), groups__permissions__codename="access_admin")
    return Q(is_superuser=True) | Exists(entered)


def issuable_by(user, at):
    """People for whom this user may issue a slip: HR for whom they see, everybody else for the line under them.

    Never for oneself. An account of the administration only an administrator opens anew: else HR or a supervisor
    could make themselves one.
    """
    on = company_day(at)
    people = Person.objects.visible_to(user, on) if user.has_perm("people.change_person") else crew_of(user, on)
    people = without_leavers(people, on).exclude(pk=user.pk)
    if user.is_superuser:
        return people
    if user.has_perm("auth.change_group"):
        return people.filter(is_superuser=False)
    return people.exclude(working_in_admin())


def right_of(user):
    """By what right this user issues: the kind of their slips."""
    if user.is_superuser or user.has_perm("auth.change_group"):
        return Slip.Kind.ADMINISTRATOR
    return Slip.Kind.HR if user.has_perm("people.change_person") else Slip.Kind.SUPERVISOR


def card(slip, code):
    """What is printed of a slip that was just issued, in the person's language."""
    language = slip.person.language
    with translation.override(language):
        typed_at = settings.GATEHOUSE_PUBLIC_URL.partition("://")[2] + reverse("people:start")
    there = address(code, language)
    return {
        "person": slip.person,
        "language": language,
        "groups": codes.groups(code),
        "address": there,
        "typed_at": typed_at,
        "qr": qr.drawing(there),
        "last_day": slip.last_day,
    }
