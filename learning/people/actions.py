"""Deeds of this room. Each is one transaction and tells `people_changed`; `at` is the instant it was recorded."""

from django.contrib.auth.models import Group
from django.db import transaction

from . import rules
from .models import Audience, AudienceVersion, Employment, Person, PositionHeld
from .signals import people_changed


def _changed(person_ids, at):
    if person_ids:
        people_changed.send(sender=Person, person_ids=list(person_ids), at=at)


def _save(row, fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


@transaction.atomic
def register_person(*, number, first_name, at, password=None, groups=(), **fields):
    """A new person, who cannot sign in without a password. `groups` are names of roles."""
    person = Person.objects.create_user(number=number, password=password, first_name=first_name, **fields)
    person.groups.set(Group.objects.filter(name__in=groups))
    _changed([person.pk], at)
    return person


@transaction.atomic
def change_person(*, person, at, groups=None, **fields):
    """What is said about a person changes; `groups` are names of roles, None leaves them."""
    if "email" in fields:
        fields["email"] = Person.objects.normalize_email(fields["email"])
    _save(person, fields)
    if groups is not None:
        person.groups.set(Group.objects.filter(name__in=groups))
    _changed([person.pk], at)
    return person


@transaction.atomic
def employ(*, person, company, employer, starts_on, at, kind=Employment.Kind.EMPLOYEE, manager=None, ends_on=None):
    """Begin an employment on that local date; `ends_on` is the first day that no longer counts."""
    employment = Employment.objects.create(
        person=person,
        company=company,
        employer=employer,
        kind=kind,
        manager=manager,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
    )
    _changed([person.pk], at)
    return employment


@transaction.atomic
def change_employment(*, employment, at, **fields):
    _save(employment, fields)
    _changed([employment.person_id], at)
    return employment


@transaction.atomic
def place(*, person, position, facility, starts_on, at, company=None, ends_on=None):
    """Give a person a position at a facility from that local date; `ends_on` is the first day that no longer counts."""
    held = PositionHeld.objects.create(
        person=person,
        position=position,
        facility=facility,
        company=company or facility.company,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
    )
    _changed([person.pk], at)
    return held


@transaction.atomic
def change_position_held(*, held, at, **fields):
    _save(held, fields)
    _changed([held.person_id], at)
    return held


def end_position(*, held, ends_on, at):
    """The position ends; `ends_on` is the first day that no longer counts."""
    change_position_held(held=held, at=at, ends_on=ends_on)


@transaction.atomic
def end_employment(*, person, ends_on, at):
    """The person leaves: employments and positions still running end; `ends_on` is the first day away."""
    person.employments.filter(ends_on__isnull=True).update(ends_on=ends_on)
    person.positions_held.filter(ends_on__isnull=True).update(ends_on=ends_on)
    _changed([person.pk], at)


@transaction.atomic
def set_audience(*, name, rule, at, by=None, audience=None):
    """Create an audience, or give the one of that name (or `audience`) that name and rule."""
    if audience is None:
        audience, _new = Audience.objects.get_or_create(name=name)
    _save(audience, {"name": name})
    set_audience_rule(audience=audience, rule=rule, at=at, by=by)
    return audience


@transaction.atomic
def set_audience_rule(*, audience, rule, at, by=None):
    """Give an audience a new version of its rule, unless it says the same already; returns the version in force.

    Those whom the old or the new rule selects are people who changed. Raises ValidationError for what is no rule.
    """
    rules.validate(rule)
    # Two people who save at once: the second waits here and then sees the first one's version.
    Audience.objects.select_for_update(no_key=True).get(pk=audience.pk)
    latest = audience.versions.order_by("-number").first()
    if latest and latest.rule == rule:
        return latest
    version = AudienceVersion.objects.create(
        audience=audience,
        number=latest.number + 1 if latest else 1,
        rule=rule,
        recorded_at=at,
        recorded_by=by,
    )
    _changed(_selected(rule) | (_selected(latest.rule) if latest else set()), at)
    return version


def _selected(rule):
    return set(PositionHeld.objects.filter(rules.condition(rule)).values_list("person", flat=True))
