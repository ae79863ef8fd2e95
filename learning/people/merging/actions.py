"""Two accounts of one person become one: `kept` goes on, `merged` names it and stays as it was.

Employments, positions, leave and tags are facts about the person and move; records, attempts and everything else that
is evidence stay where they were made, and queries find them through `merged_into`.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from .. import change_log, line, remembering
from ..actions import lock_line, tell
from ..models import Employment, LeavePeriod, Person, PositionHeld
from . import twice

TAKEN_OVER = ("email", "phone", "badge")


def refuse(kept, merged):
    """Raises ValidationError, in words, for two accounts that cannot be merged."""
    if kept.pk == merged.pk:
        raise ValidationError(_("These are the same account."))
    for person in (kept, merged):
        if person.merged_into_id:
            words = {"person": str(person)}
            raise ValidationError(_("%(person)s was merged into another account already."), params=words)


@transaction.atomic
def merge(*, kept, merged, at, by=None, reason):
    """Merge an account into another. The sign-in of the merged one ends; both histories stay."""
    lock_line()
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    rows = {row.pk: row for row in rows}
    kept, merged = rows[kept.pk], rows[merged.pk]
    refuse(kept, merged)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why these are the same person.")})
    _move_line(kept, merged, at)
    _move_rows(kept, merged, at)
    _refuse_circle(kept)
    kept.tags.add(*merged.tags.all())
    taken = _take_over(kept, merged)
    # Who names the merged account is led on at once, however often accounts are merged.
    Person.objects.filter(merged_into=merged).update(merged_into=kept)
    merged.merged_into, merged.is_active = kept, False
    merged.save()
    merged.groups.clear()
    merged.limited_to.clear()
    Person.objects.filter(pk=merged.pk).update(session_generation=F("session_generation") + 1)
    change_log.write(kept, "merge", at=at, by=by, reason=reason, what=f"{merged} → {kept}", changes=taken)
    change_log.write(merged, "merge", at=at, by=by, reason=reason, what=f"{merged} → {kept}")
    tell([kept.pk, merged.pk], at)
    return kept


def _move_line(kept, merged, at):
    """Whoever worked under the merged account works under the kept one; nobody comes to stand above themselves."""
    # An employment of one of the two under the other would be one under itself.
    between = Employment.objects.filter(person__in=[kept, merged], manager__in=[kept, merged])
    ids = list(between.values_list("pk", flat=True))
    remembering.keep_versions(Employment, ids, at)
    Employment.objects.filter(pk__in=ids).update(manager=None, recorded_at=at)
    others = list(Employment.objects.filter(manager=merged).values_list("pk", flat=True))
    remembering.keep_versions(Employment, others, at)
    Employment.objects.filter(pk__in=others).update(manager=kept, recorded_at=at)


def _refuse_circle(kept):
    for row in kept.employments.filter(manager__isnull=False).select_related("manager"):
        if line.is_above(kept.pk, row.manager_id, row.starts_on, row.ends_on):
            words = {"manager": row.manager.get_full_name(), "person": kept.get_full_name()}
            message = _("%(manager)s would be in %(person)s's own line: change the manager first.")
            raise ValidationError(message, params=words)


def _move_rows(kept, merged, at):
    """What both accounts say of the same days becomes one row."""
    for model in (Employment, PositionHeld, LeavePeriod):
        mine = list(model.objects.filter(person=kept).order_by("starts_on", "pk"))
        theirs = list(model.objects.filter(person=merged).order_by("starts_on", "pk"))
        joined = twice.joined(mine, theirs, twice.FACTS[model.__name__])
        for row in joined.gone:
            remembering.take_back(row, at)
        model.ever.filter(person=merged).update(person=kept)
        for row, (starts_on, ends_on) in joined.grown:
            row.person = kept
            remembering.change(row, at, starts_on=starts_on, ends_on=ends_on)


def _take_over(kept, merged):
    """Ways to reach the person that only the merged account had; `{field: (old, new)}`."""
    taken = {name: getattr(merged, name) for name in TAKEN_OVER if getattr(merged, name) and not getattr(kept, name)}
    for name, value in taken.items():
        # One address signs in one account.
        setattr(merged, name, "")
        setattr(kept, name, value)
    if taken:
        merged.save(update_fields=list(taken))
        kept.save(update_fields=list(taken))
    return {name: ("", value) for name, value in taken.items()}
