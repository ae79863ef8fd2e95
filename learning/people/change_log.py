"""The change log of a person: Wagtail's history, with what changed from what to what, and the reason if any."""

import datetime
import uuid

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter, log

DEEDS = {
    "people.change": _("Changed"),
    "people.employ": _("Employment added"),
    "people.change_employment": _("Employment changed"),
    "people.place": _("Position added"),
    "people.change_position_held": _("Position changed"),
    "people.add_leave": _("Leave added"),
    "people.change_leave": _("Leave changed"),
    "people.leave": _("Leaves"),
    "people.undo_leaving": _("Leaving undone"),
    "people.hire_again": _("Hired again"),
    "people.add_quickly": _("Added at the gate"),
    "people.confirm": _("Confirmed"),
    "people.merge": _("Merged"),
    "people.erase": _("Personal data erased"),
    "people.classify": _("Classified"),
    "people.import": _("Imported"),
    "people.issue_slip": _("Slip issued"),
    "people.use_slip": _("Slip used"),
    "people.enrol_kiosk": _("Shared tablet set up"),
    "people.withdraw_kiosk": _("Shared tablet withdrawn"),
}

FIELDS = {
    "number": _("staff number"),
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("email"),
    "phone": _("phone"),
    "badge": _("badge"),
    "language": _("language"),
    "time_zone": _("time zone"),
    "is_active": _("may sign in"),
    "groups": _("roles"),
    "limited_to": _("only for these facilities"),
    "tags": _("tags"),
    "company": _("company"),
    "employer": _("employer"),
    "kind": _("kind"),
    "manager": _("manager"),
    "position": _("position"),
    "facility": _("facility"),
    "starts_on": _("from"),
    "until": _("until"),
    "title": _("title"),
    "sensitive": _("sensitive"),
    "roles": _("training roles"),
}


def write(instance, deed, *, at, by=None, reason="", what="", changes=None):
    """One entry; `what` names the thing, `changes` is `{field: (old, new)}`."""
    data = {"what": what, "reason": reason, "changes": {name: [*pair] for name, pair in (changes or {}).items()}}
    log(
        instance=instance,
        action=f"people.{deed}",
        user=by,
        timestamp=at,
        # Of entries with one id Wagtail shows only the last, and a deed may write about several people.
        uuid=uuid.uuid4(),
        data={name: value for name, value in data.items() if value},
    )


def plain(value):
    """A value as the log keeps it."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return ", ".join(sorted(str(item) for item in value))
    return str(value)


def differences(before, after):
    """`{field: (old, new)}` of two `{field: value}` where they differ, as the log keeps them."""
    pairs = {name: (plain(before.get(name)), plain(value)) for name, value in after.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _shown(value):
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    try:
        day = parse_date(value)
    except ValueError:
        day = None
    return date_format(day) if day else value


def _place(name):
    return list(FIELDS).index(name) if name in FIELDS else len(FIELDS)


def _change(name, old, new):
    field = FIELDS.get(name, name)
    return f"{field}: {_shown(new)}" if old in (None, "") else f"{field}: {_shown(old)} → {_shown(new)}"


class DeedFormatter(LogFormatter):
    def format_message(self, log_entry):
        data = log_entry.data
        parts = [str(self.label), data.get("what", "")]
        changes = data.get("changes", {})
        # PostgreSQL keeps the keys of a JSON object in an order of its own.
        parts += [_change(name, *changes[name]) for name in sorted(changes, key=_place)]
        said = "; ".join(part for part in parts if part)
        reason = data.get("reason")
        return gettext("%(said)s. Reason: %(reason)s") % {"said": said, "reason": reason} if reason else said


def register(actions):
    for action, label in DEEDS.items():
        actions.register_action(action)(type("Formatter", (DeedFormatter,), {"label": label}))
