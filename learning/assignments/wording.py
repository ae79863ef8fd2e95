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


def due(due_on, today):
    """The words of a tag: "Due Tuesday 1 December, in 7 days", "Due 15 January 2027", "Overdue by 4 days"."""
    days = (due_on - today).days
    if days < 0:
        return ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", -days) % {"days": -days}
    if days == 0:
        return _("Due today, %(day)s") % {"day": day(due_on, today)}
    if schedule.standing(due_on, today) == "later":
        return _("Due %(day)s") % {"day": date_format(due_on)}
    words = ngettext("Due %(day)s, in %(days)d day", "Due %(day)s, in %(days)d days", days)
    return words % {"day": day(due_on, today), "days": days}
