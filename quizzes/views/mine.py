from django.db.models import BigIntegerField, UUIDField
from django.http import Http404

from content.prepared import Prepared

from .. import actions
from ..models import Attempt

_mine = Prepared(
    lambda uuid, person: Attempt.objects.filter(uuid=uuid, person=person), uuid=UUIDField(), person=BigIntegerField()
)


def mine(request, uuid):
    """The attempt if it is this person's own; another's is not there."""
    found = _mine(uuid=uuid, person=request.user.pk)
    if not found:
        raise Http404
    return found[0]


def mine_now(request, uuid, at):
    """The same; one whose time is over has ended, whether or not the sweep has come by."""
    attempt = mine(request, uuid)
    if attempt.in_progress and attempt.is_over(at):
        return actions.expire_attempt(attempt=attempt, at=at)
    return attempt
