"""Deeds of this room. Each is one transaction and tells `people_changed`; `at` is the instant it was recorded.

What cannot be is refused with a ValidationError in words. A change of days that are over wants a `reason`.
"""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import change_log, refusals, remembering
from .local_days import day_of
from .models import Company, CompanyLogo, Employment, LeavePeriod, Person, PositionHeld
from .signals import people_changed

SETS = ("groups", "tags", "limited_to")
# What a row says of its days. The manager is not among it: nobody was trained, or not, for their manager.
FACTS = {Employment: ("company", "employer", "kind"), PositionHeld: ("position", "facility"), LeavePeriod: ()}


def tell(person_ids, at):
    """Rooms above hear that people changed."""
    if person_ids:
        people_changed.send(sender=Person, person_ids=list(person_ids), at=at)


def lock(person):
    """Deeds about one person wait for each other."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def lock_line():
    """Changes of managers wait for each other: two at once could close a circle that neither sees."""
    list(Company.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def register_person(*, number, first_name, at, password=None, groups=(), tags=(), limited_to=(), **fields):
    """A new person, who cannot sign in without a password. `groups` are names of roles."""
    person = Person.objects.create_user(number=number, password=password, first_name=first_name, **fields)
    person.groups.set(Group.objects.filter(name__in=groups))
    person.tags.set(tags)
    person.limited_to.set(limited_to)
    tell([person.pk], at)
    return person


@transaction.atomic
def change_person(*, person, at, by=None, reason="", **fields):
    """What is said about a person changes; `groups` are names of roles; what is not given, or a set None, stays."""
    fields = {name: value for name, value in fields.items() if name not in SETS or value is not None}
    if "email" in fields:
        fields["email"] = Person.objects.normalize_email(fields["email"])
    if "groups" in fields:
        fields["groups"] = Group.objects.filter(name__in=fields["groups"])
    before = _said_of(person, fields)
    for name, value in fields.items():
        if name in SETS:
            getattr(person, name).set(value)
        else:
            setattr(person, name, value)
    if plain := [name for name in fields if name not in SETS]:
        person.save(update_fields=plain)
    if changes := change_log.differences(before, _said_of(person, fields)):
        change_log.write(person, "change", at=at, by=by, reason=reason, changes=changes)
    tell([person.pk], at)
    return person


def _said_of(person, names):
    """Values of fields as the database has them."""
    stored = Person.objects.get(pk=person.pk)
    return {name: list(getattr(stored, name).all()) if name in SETS else getattr(stored, name) for name in names}


def _days(row):
    facts = [getattr(row, f"{name}_id", None) or getattr(row, name) for name in FACTS[type(row)]]
    return row.starts_on, row.ends_on, facts


def _words(row):
    """What the change log says of a dated row."""
    more = ("manager",) if isinstance(row, Employment) else ()
    return {name: getattr(row, name) for name in (*FACTS[type(row)], *more, "starts_on", "until")}


def _what(row):
    return " · ".join(str(getattr(row, name)) for name in ("employer", "position", "facility") if hasattr(row, name))


def _add(row, deed, *, at, by, reason):
    """A dated row more. A person's first of its kind is an entry: before it there was nothing that it could change."""
    row.recorded_at = at
    kind = type(row)
    if kind is LeavePeriod or kind.ever.filter(person=row.person_id).exists():
        today = day_of(row.person, at)
        refusals.past_without_reason(before=None, after=_days(row), today=today, reason=reason)
    row.save(force_insert=True)
    changes = change_log.differences({}, _words(row))
    change_log.write(row.person, deed, at=at, by=by, reason=reason, changes=changes)
    tell([row.person_id], at)
    return row


def _change(row, deed, *, at, by, reason, **fields):
    stored = type(row).objects.get(pk=row.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    today = day_of(row.person, at)
    refusals.past_without_reason(before=_days(stored), after=_days(row), today=today, reason=reason)
    changes = change_log.differences(_words(stored), _words(row))
    if remembering.change(row, at, **fields):
        change_log.write(row.person, deed, at=at, by=by, reason=reason, what=_what(stored), changes=changes)
    tell([row.person_id], at)
    return row


def _refuse_employment(row, instead_of=None):
    days = {"person": row.person, "starts_on": row.starts_on, "ends_on": row.ends_on}
    refusals.same_employer_twice(employer=row.employer, instead_of=instead_of, **days)
    refusals.own_manager(manager=row.manager, **days)


@transaction.atomic
def employ(*, person, company, employer, starts_on, at, by=None, reason="", **fields):
    """Begin an employment on that local date; `ends_on` is the first day that no longer counts."""
    lock_line()
    lock(person)
    refusals.a_merged_account(person)
    row = Employment(person=person, company=company, employer=employer, starts_on=starts_on, **fields)
    _refuse_employment(row)
    return _add(row, "employ", at=at, by=by, reason=reason)


@transaction.atomic
def change_employment(*, employment, at, by=None, reason="", **fields):
    """What an employment says changes; what it said before is kept."""
    lock_line()
    lock(employment.person)
    for name, value in fields.items():
        setattr(employment, name, value)
    _refuse_employment(employment, instead_of=employment)
    return _change(employment, "change_employment", at=at, by=by, reason=reason, **fields)


@transaction.atomic
def place(*, person, position, facility, starts_on, at, company=None, ends_on=None, by=None, reason=""):
    """Give a person a position at a facility from that local date; `ends_on` is the first day that no longer counts."""
    lock(person)
    refusals.a_merged_account(person)
    row = PositionHeld(
        person=person,
        position=position,
        facility=facility,
        company=company or facility.company,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return _add(row, "place", at=at, by=by, reason=reason)


@transaction.atomic
def change_position_held(*, held, at, by=None, reason="", **fields):
    """What a position held says changes; what it said before is kept."""
    lock(held.person)
    return _change(held, "change_position_held", at=at, by=by, reason=reason, **fields)


def end_position(*, held, ends_on, at, by=None, reason=""):
    """The position ends; `ends_on` is the first day that no longer counts."""
    change_position_held(held=held, at=at, by=by, reason=reason, ends_on=ends_on)


@transaction.atomic
def add_leave(*, person, starts_on, at, ends_on=None, by=None, reason=""):
    """The person is away from that local date; `ends_on` is the first day back."""
    lock(person)
    refusals.a_merged_account(person)
    row = LeavePeriod(person=person, starts_on=starts_on, ends_on=ends_on)
    return _add(row, "add_leave", at=at, by=by, reason=reason)


@transaction.atomic
def change_leave(*, leave, at, by=None, reason="", **fields):
    """When the person is away changes; what was said before is kept."""
    lock(leave.person)
    return _change(leave, "change_leave", at=at, by=by, reason=reason, **fields)


def _running(person, ends_on):
    """Employments and positions that reach beyond a day: `(running on it, not begun by it)`."""
    beyond = [
        row
        for rows in (person.employments, person.positions_held)
        for row in rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)).order_by("pk")
    ]
    return [row for row in beyond if row.starts_on < ends_on], [row for row in beyond if row.starts_on >= ends_on]


@transaction.atomic
def end_employment(*, person, ends_on, at, by=None, reason=""):
    """The person leaves: employments and positions that reach beyond it end; `ends_on` is the first day away.

    What was to begin later is taken back.
    """
    lock(person)
    running, planned = _running(person, ends_on)
    today = day_of(person, at)
    for row in running:
        after = row.starts_on, ends_on, _days(row)[2]
        refusals.past_without_reason(before=_days(row), after=after, today=today, reason=reason)
    for row in running:
        remembering.change(row, at, ends_on=ends_on)
    for row in planned:
        remembering.take_back(row, at)
    if running or planned:
        last_day = (None, change_log.plain(running[0].until)) if running else (None, "")
        change_log.write(person, "leave", at=at, by=by, reason=reason, changes={"until": last_day})
    tell([person.pk], at)


def left_at(person):
    """When it was recorded that the person leaves, as `undo_leaving` would undo it; None if nobody recorded it."""
    row = person.employments.filter(ends_on__isnull=False).order_by("-recorded_at", "-pk").first()
    before = row and remembering.said_before(row)
    ended = before and (before.ends_on is None or before.ends_on > row.ends_on)
    return row.recorded_at if ended else None


@transaction.atomic
def undo_leaving(*, person, at, by=None, reason=""):
    """The person does not leave, or never left: what the last `end_employment` ended or took back counts as before."""
    lock(person)
    refusals.a_merged_account(person)
    recorded_at = left_at(person)
    if recorded_at is None:
        raise ValidationError(_("Nothing was ended that could go on."))
    today = day_of(person, at)
    for rows in (person.employments, person.positions_held):
        for row in rows.filter(recorded_at=recorded_at, ends_on__isnull=False).order_by("pk"):
            before = remembering.said_before(row)
            if before is None:
                continue
            refusals.past_without_reason(before=_days(row), after=_days(before), today=today, reason=reason)
            row.ends_on = before.ends_on
            if isinstance(row, Employment):
                _refuse_employment(row, instead_of=row)
            remembering.change(row, at, ends_on=before.ends_on)
        for row in rows.model.ever.filter(person=person, superseded_at=recorded_at, version_of__isnull=True):
            remembering.restate(row, at)
    change_log.write(person, "undo_leaving", at=at, by=by, reason=reason)
    tell([person.pk], at)


@transaction.atomic
def hire_again(*, person, employment, held, at, by=None, reason=""):
    """The same person works here again: a second employment and position; `employment` and `held` are their fields."""
    employed = employ(person=person, at=at, by=by, reason=reason, **employment)
    place(person=person, at=at, by=by, reason=reason, **held)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
    change_log.write(person, "hire_again", at=at, by=by, reason=reason, what=_what(employed))
    return employed


@transaction.atomic
def set_logo(*, company, drawn, without=False):
    """Put another logo (`logos.drawn_again`) on a company's papers, or none; without either it stays as it is."""
    if drawn:
        png, width, height = drawn
        says = {"png": png, "width": width, "height": height}
        CompanyLogo.objects.update_or_create(company=company, defaults=says)
    elif without:
        CompanyLogo.objects.filter(company=company).delete()
