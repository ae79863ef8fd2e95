"""Dates and standings in the words that people read, in the active language."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from . import schedule


def day(date, today):
    """With the weekday, and with the year when it is not this one: "Tuesday 1 December"."""
    if date.year == today.year:
        return date_format(date, pgettext("date format: Tuesday 1 December", "l j F"))
    return date_format(date, pgettext("date format: Friday 15 January 2027", "l j F Y"))


def overdue(number):
    """Of somebody's courses: "2 overdue"."""
    return ngettext("%(number)d overdue", "%(number)d overdue", number) % {"number": number}


def due_short(due_on, today):
    """For a narrow tag: "Due 1 Dec", "Due today"."""
    if due_on == today:
        return _("Due today")
    return _("Due %(day)s") % {"day": date_format(due_on, pgettext("date format: 1 Dec", "j M"))}


def tag(due_on, today):
    """One line on a narrow phone: "Due in 7 days", "Due today", "Due 15 Jan 2027", "Overdue by 4 days"."""
    days = (due_on - today).days
    if days < 0:
        return _late(days)
    if days == 0:
        return _("Due today")
    if schedule.standing(due_on, today) == "later":
        short = date_format(due_on, pgettext("date format: 15 Jan 2027", "j M Y"))
        return _("Due %(day)s") % {"day": short}
    return ngettext("Due in %(days)d day", "Due in %(days)d days", days) % {"days": days}


def by(due_on, today):
    """The day, where a tag says how many: "By Tuesday 1 December.", "Was due Friday 20 November."; else nothing."""
    standing = schedule.standing(due_on, today)
    if standing == "later" or due_on == today:
        return ""
    said = _("Was due %(day)s.") if standing == "late" else _("By %(day)s.")
    return said % {"day": day(due_on, today)}


def _late(days):
    return ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", -days) % {"days": -days}


def due(due_on, today):
    """In a sentence: "Due Tuesday 1 December, in 7 days", "Due 15 January 2027", "Overdue by 4 days"."""
    days = (due_on - today).days
    if days < 0:
        return _late(days)
    if days == 0:
        return _("Due today, %(day)s") % {"day": day(due_on, today)}
    if schedule.standing(due_on, today) == "later":
        return _("Due %(day)s") % {"day": date_format(due_on)}
    words = ngettext("Due %(day)s, in %(days)d day", "Due %(day)s, in %(days)d days", days)
    return words % {"day": day(due_on, today), "days": days}
