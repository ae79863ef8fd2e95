"""What HR is refused, in words. Forms ask before they save, actions ask again once they hold the rows."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import line, past


def same_employer_twice(*, person, employer, starts_on, ends_on, instead_of=None):
    """One person works for one employer once at a time. `instead_of` is the row that is being changed."""
    others = person.employments.filter(employer=employer).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    if ends_on:
        others = others.filter(starts_on__lt=ends_on)
    other = others.exclude(pk=instead_of.pk if instead_of else None).order_by("starts_on").first()
    if other is None:
        return
    words = {"person": person.get_full_name(), "employer": employer, "from": date_format(other.starts_on)}
    if other.ends_on:
        words["until"] = date_format(other.until)
        message = _("%(person)s worked for %(employer)s from %(from)s until %(until)s: the two would overlap.")
    else:
        message = _("%(person)s works for %(employer)s since %(from)s. End that employment first.")
    raise ValidationError({"starts_on": ValidationError(message, params=words)})


def own_manager(*, person, manager, starts_on, ends_on):
    """Nobody stands above themselves, at any depth, on any day."""
    if manager is None:
        return
    if manager.pk == person.pk:
        raise ValidationError({"manager": _("Nobody is their own manager.")})
    if manager.merged_into_id:
        raise ValidationError({"manager": _("This account was merged into another one: choose that one.")})
    if line.is_above(person.pk, manager.pk, starts_on, ends_on):
        raise ValidationError(
            {
                "manager": ValidationError(
                    _("%(manager)s is in %(person)s's own line."),
                    params={"manager": manager.get_full_name(), "person": person.get_full_name()},
                )
            }
        )


def past_without_reason(*, before, after, today, reason):
    """A change to days that are over says why. `before` and `after` as in `past.touches`."""
    if not reason.strip() and past.touches(before, after, today):
        raise ValidationError({"reason": _("This changes days that are over: say why.")})


def a_merged_account(person):
    if person.merged_into_id:
        raise ValidationError(_("This account was merged into another one and stays as it was."))
