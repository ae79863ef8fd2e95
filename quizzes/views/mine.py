from django.shortcuts import get_object_or_404

from .. import actions
from ..models import Attempt


def mine(request, uuid):
    """The attempt if it is this person's own; another's is not there."""
    return get_object_or_404(Attempt, uuid=uuid, person=request.user)


def mine_now(request, uuid, at):
    """The same; one whose time is over has ended, whether or not the sweep has come by."""
    attempt = mine(request, uuid)
    if attempt.in_progress and attempt.is_over(at):
        return actions.expire_attempt(attempt=attempt, at=at)
    return attempt
