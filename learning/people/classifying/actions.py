"""Saying what positions must be trained for. Each deed is one transaction; `at` is the instant it was recorded."""

from django.db import transaction

from .. import change_log
from ..actions import tell
from ..models import Position, PositionHeld


@transaction.atomic
def set_position(*, title, sensitive, roles, at, by=None, position=None):
    """A position with its training roles, new or changed; from then on it is classified."""
    says = {"title": title, "sensitive": sensitive, "roles": list(roles)}
    if position is None:
        return Position.objects.create(classified_at=at, **says)
    stored = Position.objects.select_for_update(no_key=True).get(pk=position.pk)
    before = {name: getattr(stored, name) for name in says}
    for name, value in says.items():
        setattr(position, name, value)
    first = stored.classified_at is None
    position.classified_at = at if first else stored.classified_at
    position.save(update_fields=[*says, "classified_at"])
    changes = change_log.differences(before, says)
    if changes or first:
        change_log.write(position, "classify", at=at, by=by, changes=changes)
        # Audiences select by roles and by sensitivity.
        tell(list(PositionHeld.objects.filter(position=position).values_list("person", flat=True).distinct()), at)
    return position


@transaction.atomic
def classify(*, said, at, by=None):
    """Several positions at once: `said` is `[(position, sensitive, roles), …]`. Returns how many were waiting."""
    waiting = 0
    for position, sensitive, roles in said:
        waiting += position.classified_at is None
        set_position(position=position, title=position.title, sensitive=sensitive, roles=roles, at=at, by=by)
    return waiting
