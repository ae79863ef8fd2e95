"""Who was invited, who has taken it up, who was not seen for long: told from rows, never stored."""

import datetime

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from ..models import Invitation, Pin, Slip


class State(models.TextChoices):
    NEVER = "never", _("Never invited")
    PLANNED = "planned", _("To be invited")
    INVITED = "invited", _("Invited")
    ACTIVATED = "activated", _("Activated")


def with_state(people):
    """People with their `state`, when they were last `invited_at`, and `planned_for`.

    Activated is who has a password or a PIN, or signed in some other way.
    """
    invitations = Invitation.objects.filter(person=OuterRef("pk"), cancelled_at__isnull=True)
    waiting = invitations.filter(sent_at__isnull=True).values("send_at")[:1]
    sent = invitations.filter(sent_at__isnull=False).order_by("-sent_at").values("sent_at")[:1]
    return people.annotate(invited_at=Subquery(sent), planned_for=Subquery(waiting)).annotate(
        state=Case(
            When(_activated(), then=Value(State.ACTIVATED)),
            When(planned_for__isnull=False, then=Value(State.PLANNED)),
            When(invited_at__isnull=False, then=Value(State.INVITED)),
            default=Value(State.NEVER),
            output_field=models.CharField(),
        )
    )


def _activated():
    # An unusable password begins with "!".
    has_password = ~Q(password="") & ~Q(password__startswith="!")
    return has_password | Q(last_login__isnull=False) | Exists(Pin.objects.filter(person=OuterRef("pk")))


def unseen(people, days, at):
    """Activated people who have not signed in for so many days, or ever."""
    since = at - datetime.timedelta(days=days)
    return people.filter(Q(last_login__isnull=True) | Q(last_login__lte=since), state=State.ACTIVATED)


def taken_up(invitation):
    """Whether the person has come in since they were invited: then nobody asks them again."""
    person, since = invitation.person, invitation.invited_at
    if person.last_login and person.last_login >= since:
        return True
    return Slip.objects.filter(person=person, used_at__gte=since).exists()
