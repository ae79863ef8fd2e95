"""Changing what an open session says: kept with the reason, and with what stood there before."""

from django.db import transaction

from .. import canonical
from ..models import SessionChange
from .actions import locked

# What a form can change, as it is kept with the change: rows of other tables by their names.
KEPT = (
    "kind",
    "title",
    "criteria",
    "language",
    "facility",
    "happened_at",
    "minutes",
    "instructor_name",
    "check_kind",
    "quiz_way",
    "pass_mark",
    "no_check_reason",
    "walk_ins",
)


@transaction.atomic
def change_session(*, session, reason, by, at, **says):
    """Change the fields `says` of an open session. Returns the SessionChange, or None when nothing differs.

    Raises NotDone when it is closed.
    """
    held = locked(session)
    before = _kept(held)
    for name, value in says.items():
        setattr(held, name, value)
    after = _kept(held)
    differs = [name for name in KEPT if before[name] != after[name]]
    held.save(update_fields=list(says))
    if not differs:
        return None
    return SessionChange.objects.create(
        session=held,
        before={name: before[name] for name in differs},
        after={name: after[name] for name in differs},
        reason=reason,
        changed_by=by,
        changed_at=at,
    )


def _kept(session):
    values = {name: getattr(session, name) for name in KEPT}
    return {name: canonical.plain(value) for name, value in (values | {"facility": session.facility.name}).items()}
