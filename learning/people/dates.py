"""Date arithmetic: pure. An instant is an aware datetime, a day a local date, a zone the name of one."""

import calendar
import datetime
import zoneinfo


def local_date(at, zone):
    """The date that an instant falls on in that zone."""
    return at.astimezone(zoneinfo.ZoneInfo(zone)).date()


def day_begins(day, zone):
    """The first instant of a local day; also where the clocks go forward at midnight."""
    return datetime.datetime.combine(day, datetime.time(), zoneinfo.ZoneInfo(zone)).astimezone(datetime.UTC)


def day_ends(day, zone):
    """The first instant after a local day. Raises OverflowError for the last day of the calendar."""
    return day_begins(day + datetime.timedelta(days=1), zone)


def day_before(day):
    """Of the first day that no longer counts, the last one that does."""
    return day - datetime.timedelta(days=1)


def months_between(day, later):
    """How many months `add_months` was given to come from one day to the other."""
    return (later.year - day.year) * 12 + later.month - day.month


def add_months(day, months):
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
